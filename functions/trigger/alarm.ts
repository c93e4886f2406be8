import { calledHome, type Lease } from '../../core/coordination/lease.ts';
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
  if (signal.alarm.state === 'ALARM') await callDrillsHome(signal.alarm, runtime);
  return onIncident(signal, runtime);
};

/** A drill whose alarm goes off moves nothing more, and brings back what it moved. */
const callDrillsHome = async ({ arn, name }: AlarmChange, runtime: Runtime): Promise<void> => {
  const listening = [...(await loadFleets(runtime))].filter(([, fleet]) => fleet.drill.stopOnAlarms.some((alarm) => alarm === arn));
  await atOnce(listening, ([fleetName]) =>
    replaceItem<Lease>(runtime, 'lease', fleetName, (lease) => calledHome(lease, `alarm ${name} is in ALARM`)),
  );
};
