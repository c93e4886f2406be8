import type { Intent } from '../../core/coordination/intent.ts';
import { withIncidentOver } from '../../core/coordination/intent.ts';
import { type IncidentSignal, type Watch, wasOver, watchOf } from '../../core/coordination/watch.ts';
import { saysOver, wordOf } from '../../core/coordination/word.ts';
import { fleetsConcerned } from '../../core/decision/concern.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { Begun } from '../../core/decision/situation.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { dedupeKeyOf, signalInWords } from '../../core/signal/identity.ts';
import { loadFleets } from '../frame/fleets.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { abstains } from './abstains.ts';
import { askAboutIncident } from './ask.ts';
import { atOnce } from './at-once.ts';
import { begin, type Decided, goOn } from './begin.ts';
import { type FleetVerdict, type Made, onRecord, settledOnce } from './settle.ts';
import type { Subject } from './subject.ts';
import { claimRun, noteAnswer, noteOver, noteWord, watchesOf, withdraw } from './watches.ts';
import { firstGlance, type Weighed, weigh } from './weigh.ts';

/**
 * Decides about a signal of an incident for every fleet that it concerns; signals are delivered more than once, in copies, and in any
 * order.
 * @throws when every fleet was decided as far as it could be and one could not: the signal's next delivery finds only that one open
 */
export const onIncident = async (signal: IncidentSignal, runtime: Runtime): Promise<readonly FleetVerdict[]> => {
  const fleets = await loadFleets(runtime);
  const concerned = [...fleetsConcerned(signal, fleets)];
  const verdicts = await atOnce(concerned, async ([name, fleet]): Promise<readonly FleetVerdict[]> => {
    const subject: Subject = { name, fleet, fleets };
    if (await leftToPeers(runtime, signal, subject)) return [];
    const id = `${name}/${dedupeKeyOf(signal)}`;
    const about = { fleet: name, signal: signalInWords(signal) };
    return [await settledOnce(runtime, id, about, () => decidedAbout(runtime, signal, subject, id))];
  });
  return verdicts.flat();
};

/**
 * Leaves an alarm that lives in this control Region, and so says that it is the one in trouble, to the others. It is noted: they may
 * not have heard of it, and their ticks judge then what is on the fleet's watch list.
 */
const leftToPeers = async (runtime: Runtime, signal: IncidentSignal, subject: Subject): Promise<boolean> => {
  if (signal.kind !== 'alarm' || !abstains(runtime, signal.alarm.region)) return false;
  const now = runtime.clock.now();
  const glance = firstGlance(signal, subject, now);
  // The alarm of a Region that is none of the fleet's speaks of another one; and its end anybody may note.
  if (glance.kind === 'settled' || glance.request.source !== signal.alarm.region) return false;
  await noteWord(runtime, subject.name, wordOf(signal, glance.request.source, now));
  runtime.log('this control Region abstains: the alarm is its own', { alarm: signal.alarm.arn, peers: runtime.peerRegions });
  return true;
};

const decidedAbout = async (runtime: Runtime, signal: IncidentSignal, subject: Subject, id: string): Promise<Made> => {
  const now = runtime.clock.now();
  const glance = firstGlance(signal, subject, now);
  const word = wordOf(signal, subject.fleet.home, now);
  if (glance.kind === 'settled') {
    const { proposal } = glance;
    if (saysOver(signal, now) && (signal.kind === 'alarm' || proposal.rule === 'NOT_OPEN' || proposal.rule === 'ENDED'))
      for (const watch of await noteOver(runtime, subject.name, word)) await closed(runtime, watch, word.heardAt);
    if (proposal.rule === 'NOT_BEGUN') await noteWord(runtime, subject.name, word);
    return { decision: onRecord(proposal) };
  }
  const all = await noteWord(runtime, subject.name, { ...word, region: glance.request.source });
  const watch = watchOf(all, word.incident);
  const agreed = await begunFor(runtime, subject.name, watch);
  const begun = agreed && (await reopened(runtime, watch, agreed.request));
  if (agreed !== undefined && begun === undefined) return goOn(runtime, { ...agreed, signal: signalInWords(signal), record: id });
  const weighed = await weigh(runtime, signal, subject, { inTrouble: glance.request.source, begun });
  const made = await carriedOut(runtime, signal, subject, id, weighed, wasOver(all, word));
  await noteAnswer(runtime, subject.name, word.incident, weighed.proposal);
  return made;
};

/** Does what was decided about an incident. @param isOver whether a later word of the same source says that it is over */
export const carriedOut = async (
  runtime: Runtime,
  signal: IncidentSignal,
  subject: Subject,
  id: string,
  { proposal, look }: Weighed,
  isOver: boolean,
): Promise<Made> => {
  const { request } = proposal;
  if (request === undefined || look === undefined) return { decision: onRecord(proposal) };
  const { incident } = request;
  if (proposal.decision === 'start') {
    const claimed = await claimRun(runtime, subject.name, incident, request);
    const made = await begin(runtime, { request: claimed, signal: signalInWords(signal), record: id }, { ...proposal, request: claimed });
    await afterwards(runtime, subject.name, incident, claimed);
    return made;
  }
  if (proposal.decision !== 'approve') return { decision: onRecord(proposal) };
  if (isOver)
    return {
      decision: onRecord({
        ...proposal,
        decision: 'ignore',
        rule: 'ENDED',
        why: `${proposal.why} A later word of the same source says that it is over, so nobody is asked.`,
      }),
    };
  return askAboutIncident(runtime, subject, id, { ...proposal, request }, look);
};

/** The incident may have ended while the run was begun: then its intent has to know; and who was asked before need not answer. */
const afterwards = async (runtime: Runtime, fleetName: string, incident: string, request: RunRequest): Promise<void> => {
  const watch = watchOf(await watchesOf(runtime, fleetName), incident);
  if (watch?.overAt !== undefined) await closed(runtime, { ...watch, request }, watch.overAt);
  if (watch?.question !== undefined) await withdraw(runtime, watch.question.decision, 'the run was started without it');
};

/** The incident is over: its intent is told, and a question about it is taken back. */
const closed = async (runtime: Runtime, { request, question }: Watch, at: number): Promise<void> => {
  if (request !== undefined) await replaceItem<Intent>(runtime, 'intent', intentId(request), (intent) => withIncidentOver(intent, at));
  if (question !== undefined) await withdraw(runtime, question.decision, 'its incident is over');
};

/** What was done for an incident that was over then, and goes on again; undefined when it is still the same trouble. */
export const reopened = async (runtime: Runtime, watch: Watch | undefined, request: RunRequest): Promise<Begun | undefined> => {
  if (watch?.isReopened !== true) return undefined;
  const intent = (await runtime.table.read<Intent>('intent', intentId(request)))?.value;
  const runId = intent?.runs.at(-1);
  return intent?.state === 'closed' && runId !== undefined ? { state: 'closed', runId, isReopened: true } : undefined;
};

type Agreed = Pick<Decided, 'request' | 'approvedBy'>;

/** What was decided on for the incident before: by a signal, or by whoever approved the question. */
export const begunFor = async (runtime: Runtime, fleetName: string, watch: Watch | undefined): Promise<Agreed | undefined> => {
  const agreed = watch?.question === undefined ? undefined : await agreedTo(runtime, watch.question.decision);
  if (watch?.request !== undefined) return { ...agreed, request: watch.request };
  if (watch === undefined || agreed === undefined) return undefined;
  return { ...agreed, request: await claimRun(runtime, fleetName, watch.incident, agreed.request) };
};

/** What a person was asked, and agreed to. */
const agreedTo = async (runtime: Runtime, decision: string): Promise<Agreed | undefined> => {
  const { approval, request } = (await runtime.table.read<Decision>('decision', decision))?.value ?? {};
  if (approval?.state !== 'approved' || request === undefined) return undefined;
  return { request, ...(approval.by === undefined ? {} : { approvedBy: approval.by }) };
};
