import { type Intent, isExpired, nextRun, opened } from '../../core/coordination/intent.ts';
import type { Decision } from '../../core/decision/decision.ts';
import { instant } from '../../core/decision/words.ts';
import { type ApprovalAnswer, approve as judge } from '../../core/operator/approval.ts';
import type { OperatorRequest } from '../../core/operator/requests.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { learnt } from '../frame/deciding/circumstances.ts';
import { switchesOf } from '../frame/deciding/switches.ts';
import { changeItem } from '../frame/item.ts';
import { announceAndStart } from '../frame/run/start-run.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Caller, Deed } from './deed.ts';
import { putOnRecord } from './record.ts';

/**
 * Approves a decision that asks for it, and starts its run. The answer is written before the run is started, and the intent before
 * both are told: whatever dies in between, the same person may ask again, or the tick starts the run within a minute.
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

/** A run that is approved while a stop switch is on would be refused by its plan, and start by itself hours later, when nobody expects it. */
const keptStill = async (runtime: Runtime, { fleet }: RunRequest): Promise<string | undefined> => {
  const switches = await learnt(switchesOf(runtime, fleet));
  const thrown = switches.kind === 'known' ? switches.value[0] : undefined;
  if (thrown === undefined) return undefined;
  const off = `mrk-failover switch off${thrown.scope === 'fleet' ? ` --fleet ${fleet}` : ''}`;
  return `${thrown.owner} threw the ${thrown.scope} stop switch: ${thrown.reason}. What lifts it: ${off}, or its end at ${instant(thrown.expiresAt)}.`;
};

/** Opens the intent under the name of who approved it, and starts its next run, once for each decision. @returns its name */
const started = async (runtime: Runtime, request: RunRequest, caller: Caller, decision: string, now: number): Promise<string> => {
  const id = intentId(request);
  const intent = await changeItem<Intent, Intent>(runtime, 'intent', id, (current) => {
    const next: Intent = { ...(current === undefined ? opened(request, now) : renewed(current, now)), approvedBy: caller.arn };
    return { store: next, answer: next };
  });
  const earlier = await startedBefore(runtime, intent, decision);
  if (earlier !== undefined) return earlier;
  const runId = nextRun(id, intent);
  const signal = `approval of decision ${decision} by ${caller.arn}`;
  await announceAndStart(runtime, runId, request, signal, { by: 'approval', approvedBy: caller.arn }, decision);
  return runId;
};

/** An intent that was closed or has run out has its full time ahead again: somebody wants it now, whatever was over then. */
const renewed = (intent: Intent, now: number): Intent => {
  if (intent.state === 'open' && !isExpired(intent, now)) return intent;
  const { closedBecause: _, incidentOverAt: __, ...rest } = intent;
  return { ...rest, state: 'open', openedAt: now };
};

/** The run that this decision has had already, when an earlier try of the approval died before it had said so. */
const startedBefore = async (runtime: Runtime, { runs }: Intent, decision: string): Promise<string | undefined> => {
  const runId = runs.at(-1);
  if (runId === undefined) return undefined;
  return (await runtime.table.read<AnnouncedRun>('run', runId))?.value.decision === decision ? runId : undefined;
};
