import type { FleetHistory } from '../../core/decision/history.ts';
import type { OperatorRequest } from '../../core/operator/requests.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Caller, Deed } from './deed.ts';
import { putOnRecord } from './record.ts';
import { unknownFleet } from './unknown-fleet.ts';

/** Notes that a person has looked at the fleet's last move: the cooldown that it began is over. */
export const acknowledge = async (runtime: Runtime, caller: Caller, { fleet, reason }: OperatorRequest<'acknowledge'>): Promise<Deed> => {
  const unknown = await unknownFleet(runtime, fleet);
  if (unknown !== undefined) return unknown;
  const now = runtime.clock.now();
  const move = await changeItem<FleetHistory, FleetHistory['lastMove']>(runtime, 'fleet', fleet, (history) =>
    history?.lastMove === undefined
      ? { answer: undefined }
      : { store: { ...history, acknowledged: { runId: history.lastMove.runId, by: caller.arn, at: now } }, answer: history.lastMove },
  );
  if (move === undefined) return { status: 409, message: `There is nothing to acknowledge: no run has moved keys of fleet ${fleet} yet.` };
  const message = `${caller.arn} acknowledged run ${move.runId} (${move.operation}, ${move.source} to ${move.target}) of fleet ${fleet}: ${reason}`;
  await putOnRecord(runtime, caller, {
    fleet,
    signal: 'operator: acknowledge',
    verb: 'ignore',
    rule: 'ACKNOWLEDGED',
    why: message,
    runId: move.runId,
  });
  return { status: 200, message: `${message}. Its cooldown is over: the next signal may start a run.`, facts: { runId: move.runId } };
};
