import type { Decision } from '../../core/decision/decision.ts';
import { type FleetHistory, stopFor } from '../../core/decision/history.ts';
import { unfinished } from '../../core/operator/approval.ts';
import { instant } from '../../core/words/time.ts';
import { learnt } from '../frame/deciding/circumstances.ts';
import { switchesOf } from '../frame/deciding/switches.ts';
import { startApproved } from '../frame/run/start-approved.ts';
import type { Runtime } from '../frame/runtime.ts';
import { recordId } from './record-id.ts';
import { type FleetVerdict, settledOnce } from './settle.ts';

/**
 * Starts what a person has approved and the operator died over, as long as the question could have been answered: the intent was not
 * opened then, so that nobody else would look after it. Waits while a stop switch is on, or nobody can tell; does nothing when the
 * fleet was stopped since. May be repeated, and may run twice at once.
 * @param id the decision that a person was asked in
 */
export const finishApproval = async (runtime: Runtime, id: string): Promise<FleetVerdict | undefined> => {
  const asked = (await runtime.table.read<Decision>('decision', id))?.value;
  const approved = asked && unfinished(asked, runtime.clock.now());
  if (approved === undefined) return undefined;
  const { request, by, at } = approved;
  const { fleet } = request;
  const switches = await learnt(switchesOf(runtime, fleet));
  if (switches.kind === 'unknown' || switches.value.length > 0) return undefined;
  if (stopFor((await runtime.table.read<FleetHistory>('fleet', fleet))?.value, at) !== undefined) return undefined;

  const about = { fleet, signal: `reconcile: decision ${id} was approved` };
  return settledOnce(runtime, recordId(fleet, 'approved', id), about, async () => {
    const runId = await startApproved(runtime, { decision: id, request, approvedBy: by });
    const why = `${by} approved decision ${id} at ${instant(at)}, and its run was not started then. It is now.`;
    return { decision: { verb: 'start', rule: 'INTENT_GOES_ON', why, liftedBy: [], request, runId } };
  });
};
