import { calledHome, type Lease } from '../../core/coordination/lease.ts';
import { type FleetStopAlarms, stopAlarmsOf, withStopAlarm } from '../../core/coordination/stop-alarms.ts';
import type { AlarmChange } from '../../core/signal/alarm.ts';
import type { Signal } from '../../core/signal/signal.ts';
import { loadFleets } from '../frame/fleets.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { atOnce } from './at-once.ts';
import { onIncident } from './incident.ts';
import type { FleetVerdict } from './settle.ts';

type AlarmSignal = Extract<Signal, { kind: 'alarm' }>;

/** A CloudWatch alarm changed: it calls drills home that were given it, and is an incident, or the end of one, for fleets that name it. */
export const onAlarm = async (signal: AlarmSignal, runtime: Runtime): Promise<readonly FleetVerdict[]> => {
  await tellDrills(signal.alarm, runtime);
  return onIncident(signal, runtime);
};

/**
 * A drill whose alarm goes off moves nothing more, and brings back what it moved; and none begins until it is OK. That is noted first,
 * so that a drill hears of it in one way or the other, unless it is just between its guards and its lease.
 */
const tellDrills = async (alarm: AlarmChange, runtime: Runtime): Promise<void> => {
  const { arn, name, state } = alarm;
  const listening = [...(await loadFleets(runtime))].filter(([, { drill }]) => drill.stopOnAlarms.includes(arn));
  await atOnce(listening, async ([fleetName, { drill }]) => {
    await replaceItem<FleetStopAlarms>(runtime, 'watch', stopAlarmsOf(fleetName), (all) =>
      withStopAlarm(all, alarm, drill.stopOnAlarms, runtime.clock.now()),
    );
    if (state === 'ALARM') await replaceItem<Lease>(runtime, 'lease', fleetName, (lease) => calledHome(lease, `alarm ${name} is in ALARM`));
  });
};
