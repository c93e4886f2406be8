import { type Intent, nextRun, opened, renewed } from '../../../core/coordination/intent.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import { intentId } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { changeItem, replaceItem } from '../item.ts';
import type { Runtime } from '../runtime.ts';
import { announceAndStart } from './start-run.ts';

/** A decision that a person has approved. */
export interface Approved {
  readonly decision: string;
  readonly request: RunRequest;
  readonly approvedBy: string;
}

/**
 * Starts what a person approved: opens the intent under their name, starts its next run, and notes that with the decision. May be
 * repeated, and may run twice at once: a decision starts one run.
 * @returns the run's name
 */
export const startApproved = async (runtime: Runtime, approved: Approved): Promise<string> => {
  const runId = await started(runtime, approved);
  await replaceItem<Decision>(runtime, 'decision', approved.decision, (current) =>
    current === undefined || current.runId !== undefined ? undefined : { ...current, runId },
  );
  return runId;
};

const started = async (runtime: Runtime, { decision, request, approvedBy }: Approved): Promise<string> => {
  const id = intentId(request);
  const now = runtime.clock.now();
  const intent = await changeItem<Intent, Intent>(runtime, 'intent', id, (current) => {
    const next: Intent = { ...(current === undefined ? opened(request, now) : renewed(current, now)), approvedBy };
    return { store: next, answer: next };
  });
  const earlier = await startedBefore(runtime, intent, decision);
  if (earlier !== undefined) return earlier;
  const runId = nextRun(id, intent);
  const signal = `approval of decision ${decision} by ${approvedBy}`;
  await announceAndStart(runtime, runId, request, signal, { by: 'approval', approvedBy }, decision);
  return runId;
};

/** The run that this decision has had already, when an earlier try died before it had said so. */
const startedBefore = async (runtime: Runtime, { runs }: Intent, decision: string): Promise<string | undefined> => {
  const runId = runs.at(-1);
  if (runId === undefined) return undefined;
  return (await runtime.table.read<AnnouncedRun>('run', runId))?.value.decision === decision ? runId : undefined;
};
