import type { Lease } from '../../core/coordination/lease.ts';
import { conclude } from '../../core/decision/decide.ts';
import { evaluate } from '../../core/decision/evaluate.ts';
import type { FleetHistory } from '../../core/decision/history.ts';
import { known, unknown } from '../../core/decision/known.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import { type Asked, propose } from '../../core/decision/propose.ts';
import type { Begun, Place } from '../../core/decision/situation.ts';
import type { Region } from '../../core/region.ts';
import type { RunRequest } from '../../core/run/request.ts';
import type { Signal } from '../../core/signal/signal.ts';
import { gatherCircumstances, learnt } from '../frame/deciding/circumstances.ts';
import { incidentsOf } from '../frame/deciding/incidents.ts';
import { healthySinceOf } from '../frame/deciding/probe.ts';
import { sparedRegions } from '../frame/deciding/spared.ts';
import { hurried } from '../frame/hurried.ts';
import { eligibilityOf } from '../frame/keys/eligibility.ts';
import { findRun } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { within } from '../frame/within.ts';
import { type Look, lookAt, SAMPLE_READ_MS_MAX } from './look.ts';
import type { Subject } from './subject.ts';

/** Looking at whether keys can be moved may take this long, of a drill’s fleet that is every key; then it is not known. */
const ELIGIBILITY_MS_MAX = 10_000;

/** What a signal comes to for one fleet, and what was seen on the way: nothing, when the signal settled it by itself. */
export interface Weighed {
  readonly proposal: Proposal;
  readonly look?: Look;
}

/** What the signal says by itself, before anything was looked at: it may settle the matter, and names the Region to look at. */
export const firstGlance = (signal: Signal, { name: fleetName, fleet }: Subject, now: number): ReturnType<typeof propose> =>
  propose(signal, {
    fleetName,
    fleet,
    now,
    verdicts: new Map(),
    incidents: known([]),
    history: unknown('not read'),
    primaries: unknown('not looked at'),
  });

/**
 * Decides what a signal comes to for one fleet, by everything that can be learnt in the time: probes, a sample of the keys, the table.
 * Starts nothing and writes nothing.
 * @param inTrouble the Region that the signal speaks of, if it speaks of one
 */
export const weigh = async (
  runtime: Runtime,
  signal: Signal,
  subject: Subject,
  { inTrouble, begun }: { readonly inTrouble?: Region; readonly begun?: Begun | undefined } = {},
): Promise<Weighed> => {
  const { name: fleetName, fleet } = subject;
  const [look, incidents, past, atWork] = await Promise.all([
    lookAt(runtime, subject, { inTrouble }),
    learnt(incidentsOf(runtime, fleetName)),
    learnt(runtime.table.read<FleetHistory>('fleet', fleetName)),
    learnt(runAtWork(runtime, fleetName)),
  ]);
  const { primaries, unseen, verdicts } = look;
  const run = atWork.kind === 'known' ? atWork.value : undefined;
  const place: Place = {
    fleetName,
    fleet,
    now: runtime.clock.now(),
    verdicts,
    incidents,
    history: past.kind === 'known' ? known(past.value?.value ?? {}) : past,
    primaries,
    unseen,
    drill: run?.operation === 'drill' ? run : undefined,
    arrivingIn: run?.operation === 'drill' ? undefined : run?.target,
    begun,
  };
  const asked = propose(signal, place);
  if (asked.kind === 'settled') return { proposal: asked.proposal, look };
  return { proposal: await weighRun(runtime, subject, asked, look), look };
};

/** What the run was asked for that has the fleet at present, unless something more urgent has asked for the fleet already. */
const runAtWork = async (runtime: Runtime, fleetName: string): Promise<RunRequest | undefined> => {
  const lease = (await runtime.table.read<Lease>('lease', fleetName))?.value;
  if (lease === undefined || lease.released || lease.preemptedBy !== undefined) return undefined;
  return (await findRun(runtime, lease.holder))?.request;
};

/** Has the guards judge a run that was asked for, with what was seen of the fleet. */
export const weighRun = async (runtime: Runtime, { fleet }: Pick<Subject, 'fleet'>, asked: Asked, look: Look): Promise<Proposal> => {
  const { request, start } = asked;
  const { keys, verdicts } = look;
  const spared = sparedRegions(request, verdicts);
  const [eligibility, homeHealthySince] = await Promise.all([
    within(
      runtime.clock,
      ELIGIBILITY_MS_MAX,
      eligibilityOf(hurried(runtime, SAMPLE_READ_MS_MAX), { request, fleet, keys, spared }),
      unknown(`the keys were not read in ${ELIGIBILITY_MS_MAX / 1000} s`),
    ),
    learnt(healthySinceOf(runtime, request.fleet, fleet.home)),
  ]);
  const circumstances = await gatherCircumstances(runtime, { request, fleet, start, verdicts, eligibility, homeHealthySince });
  return conclude(asked, evaluate(circumstances), { verdicts });
};
