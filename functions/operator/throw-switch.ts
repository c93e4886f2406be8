import { isOn, type StopSwitch, SWITCH_GLOBAL, switchOfFleet } from '../../core/decision/switch.ts';
import type { OperatorRequest } from '../../core/operator/requests.ts';
import { instant } from '../../core/words/time.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Caller, Deed } from './deed.ts';
import { putOnRecord } from './record.ts';
import { unknownFleet } from './unknown-fleet.ts';

const HOUR_MS = 3_600_000;

/** Throws a stop switch, for one fleet or for all, or takes it back. A switch that is on is thrown anew: the later end stands. */
export const throwSwitch = async (runtime: Runtime, caller: Caller, request: OperatorRequest<'switch'>): Promise<Deed> => {
  const unknown = request.fleet === undefined ? undefined : await unknownFleet(runtime, request.fleet);
  if (unknown !== undefined) return unknown;
  return request.set === 'on' ? on(runtime, caller, request) : off(runtime, caller, request);
};

const placeOf = (fleet: string | undefined) =>
  fleet === undefined
    ? ({ id: SWITCH_GLOBAL, scope: 'global', words: 'the global stop switch', recordedFor: 'all' } as const)
    : ({ id: switchOfFleet(fleet), scope: 'fleet', words: `the stop switch of fleet ${fleet}`, recordedFor: fleet } as const);

const on = async (runtime: Runtime, caller: Caller, { fleet, reason, hours }: OperatorRequest<'switch'> & { set: 'on' }): Promise<Deed> => {
  const { id, scope, words, recordedFor } = placeOf(fleet);
  const now = runtime.clock.now();
  const thrown = await changeItem<StopSwitch, StopSwitch>(runtime, 'switch', id, (current) => {
    const laterEnd = isOn(current, now) ? current.expiresAt : 0;
    const expiresAt = Math.max(Math.round(now + hours * HOUR_MS), laterEnd);
    const next: StopSwitch = { scope, owner: caller.arn, reason, thrownAt: now, expiresAt };
    return { store: next, answer: next };
  });
  const until = instant(thrown.expiresAt);
  const message = `${caller.arn} threw ${words} until ${until}: ${reason}`;
  const liftedBy = [`mrk-failover switch off${fleet === undefined ? '' : ` --fleet ${fleet}`}, or the switch's end at ${until}`];
  await putOnRecord(runtime, caller, {
    fleet: recordedFor,
    signal: 'operator: switch on',
    verb: 'observe',
    rule: 'SWITCHED',
    why: message,
    liftedBy,
  });
  return {
    status: 200,
    message: `${message}. No run starts while it is on; runs that go already are stopped by stop, not by this.`,
    facts: { until },
  };
};

const off = async (runtime: Runtime, caller: Caller, { fleet, reason }: OperatorRequest<'switch'>): Promise<Deed> => {
  const { id, words, recordedFor } = placeOf(fleet);
  const now = runtime.clock.now();
  const was = await changeItem<StopSwitch, boolean>(runtime, 'switch', id, (current) => {
    return isOn(current, now) ? { store: { ...current, takenBack: { by: caller.arn, at: now } }, answer: true } : { answer: false };
  });
  if (!was) return { status: 409, message: `There is nothing to take back: ${words} is off.` };
  const message = `${caller.arn} took ${words} back: ${reason}`;
  await putOnRecord(runtime, caller, {
    fleet: recordedFor,
    signal: 'operator: switch off',
    verb: 'ignore',
    rule: 'SWITCHED',
    why: message,
  });
  return { status: 200, message: `${message}. Signals and people may start runs again.` };
};
