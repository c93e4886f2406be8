import { type Intent, nextRun, opened } from '../../core/coordination/intent.ts';
import type { Decision } from '../../core/decision/decision.ts';
import { type ApprovalAnswer, approve as judge } from '../../core/operator/approval.ts';
import type { OperatorRequest } from '../../core/operator/requests.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { announceAndStart } from '../frame/start-run.ts';
import type { Caller, Deed } from './deed.ts';
import { putOnRecord } from './record.ts';

/**
 * Approves a decision that asks for it, and starts its run. The answer is written before the run is started, and the intent before
 * both are told: whatever dies in between, the same person may ask again, or the tick starts the run within a minute.
 */
export const approve = async (runtime: Runtime, caller: Caller, { decision: id, reason }: OperatorRequest<'approve'>): Promise<Deed> => {
  const now = runtime.clock.now();
  const answer = await changeItem<Decision, ApprovalAnswer>(runtime, 'decision', id, (current) => {
    const judged = judge(id, current, caller.arn, now);
    return judged.kind === 'approved' ? { store: judged.decision, answer: judged } : { answer: judged };
  });
  if (answer.kind === 'refused') return { status: 409, message: answer.why };

  const { request } = answer;
  const runId = await started(runtime, request, caller, id, now);
  await changeItem<Decision, void>(runtime, 'decision', id, (current) => ({
    store: current === undefined ? undefined : { ...current, runId },
    answer: undefined,
  }));
  const message = `${caller.arn} approved ${id}: ${reason}. Run ${runId} (${request.operation} of fleet ${request.fleet}, ${request.source} to ${request.target}) begins`;
  const { fleet } = request;
  await putOnRecord(runtime, caller, { fleet, signal: 'operator: approve', verb: 'start', rule: 'APPROVED', why: message, request, runId });
  return { status: 200, message: `${message}; its plan asks the guards once more.`, facts: { runId } };
};

/** Opens the intent under the name of who approved it, and starts its next run; one of that name that exists is it. @returns its name */
const started = async (runtime: Runtime, request: RunRequest, caller: Caller, decision: string, now: number): Promise<string> => {
  const id = intentId(request);
  const intent = await changeItem<Intent, Intent>(runtime, 'intent', id, (current) => {
    const next: Intent = { ...(current ?? opened(request, now)), state: 'open', approvedBy: caller.arn };
    return { store: next, answer: next };
  });
  const runId = nextRun(id, intent);
  const signal = `approval of decision ${decision} by ${caller.arn}`;
  await announceAndStart(runtime, runId, request, signal, { by: 'approval', approvedBy: caller.arn });
  return runId;
};
