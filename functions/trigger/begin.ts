import { type Intent, opened } from '../../core/coordination/intent.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { asSentence } from '../../core/words/sentence.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { followUp } from './follow-up.ts';
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
 */
export const begin = async (runtime: Runtime, decided: Decided, proposal: Proposal): Promise<Made> => {
  const id = intentId(decided.request);
  const intent = await openedFor(runtime, decided);
  if (intent.state === 'closed') return overBefore(intent);
  const { verdict, why, runId } = await followUp(runtime, id, intent, decided.signal, decided.record);
  const run = runId === undefined ? {} : { runId };
  const isOurs = verdict === 'started' || (runId !== undefined && (await isStartedBy(runtime, runId, decided.record)));
  if (isOurs) return { decision: { ...onRecord(proposal), ...run } };
  return {
    decision: { ...onRecord(proposal), ...run, verb: 'ignore', rule: 'ALREADY_STARTED', why: asSentence(`for this incident ${why}`) },
  };
};

/**
 * Looks after what was decided on for an incident before: starts the run that its intent lacks, if it lacks one. An intent that was
 * never opened was decided on by somebody who died then.
 */
export const goOn = async (runtime: Runtime, decided: Decided): Promise<Made> => {
  const { request } = decided;
  const id = intentId(request);
  const intent = (await runtime.table.read<Intent>('intent', id))?.value;
  if (intent?.state === 'closed') return overBefore(intent);
  const { verdict, why, runId } =
    intent === undefined
      ? await followUp(runtime, id, await openedFor(runtime, decided), decided.signal, decided.record)
      : await followUp(runtime, id, intent, decided.signal);
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
  const why = `For this incident ${runId === undefined ? 'a run was decided on' : `run ${runId} was started`} already, and ${ended}.`;
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
