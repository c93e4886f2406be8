import type { Intent } from '../../core/coordination/intent.ts';
import { fleetsConcerned } from '../../core/decision/concern.ts';
import type { Begun } from '../../core/decision/situation.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { dedupeKeyOf, signalInWords } from '../../core/signal/identity.ts';
import type { Signal } from '../../core/signal/signal.ts';
import { loadFleets } from '../frame/fleets.ts';
import type { Runtime } from '../frame/runtime.ts';
import { atOnce } from './at-once.ts';
import { begin } from './begin.ts';
import { type FleetVerdict, type Made, onRecord, settledOnce } from './settle.ts';
import type { Subject } from './subject.ts';
import { firstGlance, weigh } from './weigh.ts';

type DrillSignal = Extract<Signal, { kind: 'drill-due' }>;

/** A fleet's drill is due: it begins, or it is said why it is skipped. Nobody is asked, and nothing is made up for later. */
export const onDrillDue = async (signal: DrillSignal, runtime: Runtime): Promise<readonly FleetVerdict[]> => {
  const fleets = await loadFleets(runtime);
  return atOnce([...fleetsConcerned(signal, fleets)], ([name, fleet]) => {
    const id = `${name}/${dedupeKeyOf(signal)}`;
    const about = { fleet: name, signal: signalInWords(signal) };
    return settledOnce(runtime, id, about, () => decided(runtime, signal, { name, fleet, fleets }, id));
  });
};

const decided = async (runtime: Runtime, signal: DrillSignal, subject: Subject, record: string): Promise<Made> => {
  const glance = firstGlance(signal, subject, runtime.clock.now());
  if (glance.kind === 'settled') return { decision: onRecord(glance.proposal) };
  const begun = await begunFor(runtime, glance.request);
  const { proposal } = await weigh(runtime, signal, subject, begun === undefined ? {} : { begun });
  const { request } = proposal;
  if (proposal.decision !== 'start' || request === undefined) return { decision: onRecord(proposal) };
  return begin(runtime, { request, signal: signalInWords(signal), record }, proposal);
};

/** The drill as an earlier try of this decision left it. One that opened the intent and died there is gone on with. */
const begunFor = async (runtime: Runtime, request: RunRequest): Promise<Begun | undefined> => {
  const intent = (await runtime.table.read<Intent>('intent', intentId(request)))?.value;
  const runId = intent?.runs.at(-1);
  return intent === undefined || runId === undefined ? undefined : { state: intent.state, runId };
};
