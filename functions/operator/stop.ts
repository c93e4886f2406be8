import type { Lease } from '../../core/coordination/lease.ts';
import type { OperatorRequest } from '../../core/operator/requests.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Caller, Deed } from './deed.ts';
import { knownFleet } from './known-fleet.ts';
import { putOnRecord } from './record.ts';

/** Tells the run that holds the fleet to attempt no further key. It ends by itself, with a report that says what was moved and what was not. */
export const stop = async (runtime: Runtime, caller: Caller, { fleet, reason }: OperatorRequest<'stop'>): Promise<Deed> => {
  const unknown = await knownFleet(runtime, fleet);
  if (unknown !== undefined) return unknown;
  const answer = await changeItem<Lease, { readonly lease?: Lease; readonly was?: string }>(runtime, 'lease', fleet, (lease) => {
    if (lease === undefined || lease.released) return { answer: {} };
    if (lease.stoppedBy !== undefined) return { answer: { lease, was: lease.stoppedBy } };
    return { store: { ...lease, stoppedBy: caller.arn }, answer: { lease } };
  });
  const { lease, was } = answer;
  if (lease === undefined) return { status: 409, message: `There is nothing to stop: no run holds fleet ${fleet}.` };
  if (was !== undefined)
    return { status: 200, message: `Run ${lease.holder} was stopped by ${was} already.`, facts: { runId: lease.holder } };
  const message = `${caller.arn} stopped run ${lease.holder} (${lease.operation}) of fleet ${fleet}: ${reason}`;
  await putOnRecord(runtime, caller, {
    fleet,
    signal: 'operator: stop',
    verb: 'observe',
    rule: 'STOPPED_BY_OPERATOR',
    why: message,
    liftedBy: ['a person who starts the run again; what was moved stays where it is'],
    runId: lease.holder,
  });
  return {
    status: 200,
    message: `${message}. It attempts no further key within a second or two, reads what became of the calls that are out, and reports; a drill brings home what it moved.`,
    facts: { runId: lease.holder },
  };
};
