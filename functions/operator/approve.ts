import type { Decision } from '../../core/decision/decision.ts';
import { type ApprovalAnswer, approve as judge } from '../../core/operator/approval.ts';
import type { OperatorRequest } from '../../core/operator/requests.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { instant } from '../../core/words/time.ts';
import { learnt } from '../frame/deciding/circumstances.ts';
import { switchesOf } from '../frame/deciding/switches.ts';
import { changeItem } from '../frame/item.ts';
import { startApproved } from '../frame/run/start-approved.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Caller, Deed } from './deed.ts';
import { putOnRecord } from './record.ts';

/**
 * Approves a decision that asks for it, and starts its run. The answer is written before the intent is opened, and that before the run
 * is started: whatever dies in between, the same person may ask again, or the tick starts the run within two minutes.
 */
export const approve = async (runtime: Runtime, caller: Caller, { decision: id, reason }: OperatorRequest<'approve'>): Promise<Deed> => {
  const now = runtime.clock.now();
  const asked = (await runtime.table.read<Decision>('decision', id))?.value;
  const judged = judge(id, asked, caller.arn, now);
  if (judged.kind === 'refused') return { status: 409, message: judged.why };
  const kept = await keptStill(runtime, judged.request);
  if (kept !== undefined) return { status: 409, message: `${kept} Decision ${id} was not approved, and can be when the switch is off.` };
  const answer = await changeItem<Decision, ApprovalAnswer>(runtime, 'decision', id, (current) => {
    const again = judge(id, current, caller.arn, now);
    return again.kind === 'approved' ? { store: again.decision, answer: again } : { answer: again };
  });
  if (answer.kind === 'refused') return { status: 409, message: answer.why };

  const { request } = answer;
  const runId = await startApproved(runtime, { decision: id, request, approvedBy: caller.arn });
  const message = `${caller.arn} approved ${id}: ${reason}. Run ${runId} (${request.operation} of fleet ${request.fleet}, ${request.source} to ${request.target}) begins`;
  const { fleet } = request;
  await putOnRecord(runtime, caller, { fleet, signal: 'operator: approve', verb: 'start', rule: 'APPROVED', why: message, request, runId });
  return { status: 200, message: `${message}; its plan asks the guards once more.`, facts: { runId } };
};

/** A run that is approved while a stop switch is on would be refused by its plan, and start by itself hours later, when nobody expects it. */
const keptStill = async (runtime: Runtime, { fleet }: RunRequest): Promise<string | undefined> => {
  const switches = await learnt(switchesOf(runtime, fleet));
  const thrown = switches.kind === 'known' ? switches.value[0] : undefined;
  if (thrown === undefined) return undefined;
  const off = `mrk-failover switch off${thrown.scope === 'fleet' ? ` --fleet ${fleet}` : ''}`;
  return `${thrown.owner} threw the ${thrown.scope} stop switch: ${thrown.reason}. What lifts it: ${off}, or its end at ${instant(thrown.expiresAt)}.`;
};
