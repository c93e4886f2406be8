import { type Intent, opened } from '../../core/coordination/intent.ts';
import { alreadyLeaving } from '../../core/decision/already-leaving.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { intentId, runName } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { asSentence } from '../../core/words/sentence.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { type FollowUp, followUp } from './follow-up.ts';
import { type Made, onRecord } from './settle.ts';

/** A run that was decided on. */
export interface Decided {
  readonly request: RunRequest;
  /** The signal in words. */
  readonly signal: string;
  /** The ID of the decision. */
  readonly record: string;
  /** Who approved it, where a person was asked. */
  readonly approvedBy?: string;
}

/**
 * Begins what was decided on: opens the intent, so that the tick starts another run if the first dies before it has a plan, then
 * starts the first run. May be repeated, and may run twice at once: the intent opens once, and its first run starts once.
 * @param isJoined whether the intent is that of another incident of the same trouble
 */
export const begin = async (runtime: Runtime, decided: Decided, proposal: Proposal, isJoined = false): Promise<Made> => {
  const id = intentId(decided.request);
  const intent = await openedFor(runtime, decided);
  if (intent.state === 'closed') return overBefore(intent);
  const { verdict, why, runId } =
    intent.runs.length === 0 ? await followUp(runtime, id, intent, decided.signal, decided.record) : await standing(runtime, id, intent);
  const run = runId === undefined ? {} : { runId };
  const isOurs = verdict === 'started' || (runId !== undefined && (await isStartedBy(runtime, runId, decided.record)));
  if (isOurs) return { decision: { ...onRecord(proposal), ...run } };
  if (isJoined) return joinedTo(decided.request, runId ?? latestRun(id, intent), why);
  return {
    decision: { ...onRecord(proposal), ...run, verb: 'ignore', rule: 'ALREADY_STARTED', why: asSentence(`for this incident ${why}`) },
  };
};

/**
 * Says which run of another incident does what this one asks for as well. What that one's intent lacks the tick starts. An intent that
 * is not open yet is being opened by whoever decided on it; if they die, the tick goes on with their decision.
 */
export const join = async (runtime: Runtime, request: RunRequest): Promise<Made> => {
  const id = intentId(request);
  const intent = (await runtime.table.read<Intent>('intent', id))?.value;
  if (intent === undefined) return joinedTo(request, runName(id, 1), 'it is being started');
  if (intent.state === 'closed') return overBefore(intent);
  const { runId, why } = await standing(runtime, id, intent);
  return joinedTo(request, runId, why);
};

const latestRun = (id: string, { runs }: Intent): string => runs.at(-1) ?? runName(id, 1);

/**
 * How an intent stands that has had a run, or that somebody else looks after. A further run is left to the tick: before one the keys of
 * the last may have to be read, and everything looked at again, and who has just decided about a signal has no time for that.
 */
const standing = async (runtime: Runtime, id: string, intent: Intent): Promise<FollowUp & { readonly runId: string }> => {
  const runId = latestRun(id, intent);
  const goes = (await runtime.executions.status(runId)) === 'RUNNING';
  return { verdict: 'running', why: goes ? `run ${runId} goes` : `what run ${runId} leaves undone, the tick takes up`, runId };
};

const joinedTo = (request: RunRequest, runId: string, because: string): Made => ({
  decision: { ...onRecord(alreadyLeaving(request, runId, because)), runId },
});

/**
 * Looks after what was decided on for an incident before: starts its first run, if it has had none. An intent that was
 * never opened was decided on by somebody who died then.
 */
export const goOn = async (runtime: Runtime, decided: Decided): Promise<Made> => {
  const { request } = decided;
  const id = intentId(request);
  const intent = (await runtime.table.read<Intent>('intent', id))?.value;
  if (intent?.state === 'closed') return overBefore(intent);
  const { verdict, why, runId } = await (async () => {
    if (intent === undefined) return followUp(runtime, id, await openedFor(runtime, decided), decided.signal, decided.record);
    return intent.runs.length === 0 ? followUp(runtime, id, intent, decided.signal) : standing(runtime, id, intent);
  })();
  const isOurs = verdict === 'started' || (runId !== undefined && (await isStartedBy(runtime, runId, decided.record)));
  return {
    decision: {
      ...(isOurs ? { verb: 'start', rule: 'INTENT_GOES_ON' } : { verb: 'ignore', rule: 'ALREADY_STARTED' }),
      why: asSentence(`for this incident a run was decided on before: ${why}`),
      request,
      ...(runId === undefined ? {} : { runId }),
    },
  };
};

/** An intent that was closed is not opened again by a signal: its run has ended, or a person has stopped it. */
const overBefore = ({ request, runs, closedBecause }: Intent): Made => {
  const runId = runs.at(-1);
  const ended = closedBecause === undefined ? 'has ended' : `its intent was closed: ${closedBecause}`;
  const why = `For this trouble ${runId === undefined ? 'a run was decided on' : `run ${runId} was started`} already, and ${ended}.`;
  return { decision: { verb: 'ignore', rule: 'ALREADY_STARTED', why, request, ...(runId === undefined ? {} : { runId }) } };
};

/** Whether the run was started by an earlier try of the same decision, which died before it was on record. */
const isStartedBy = async (runtime: Runtime, runId: string, record: string): Promise<boolean> =>
  (await runtime.table.read<AnnouncedRun>('run', runId))?.value.decision === record;

/** The intent, opened if it was not. One that waits for the operator who approved it goes under their name: else its plan would refuse it. */
const openedFor = (runtime: Runtime, { request, approvedBy }: Decided): Promise<Intent> =>
  changeItem<Intent, Intent>(runtime, 'intent', intentId(request), (current) => {
    const next = current ?? { ...opened(request, runtime.clock.now()), ...(approvedBy === undefined ? {} : { approvedBy }) };
    return { store: current === undefined ? next : undefined, answer: next };
  });
