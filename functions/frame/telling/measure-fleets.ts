import type { Intent } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import { switchesOf } from '../deciding/switches.ts';
import { loadFleets } from '../fleets.ts';
import type { Runtime } from '../runtime.ts';
import { fleetFigures } from './fleet-figures.ts';

/** Measures every fleet: how long its keys have been blocked, its lease, its cooldown, its switches. @throws when the table or the store does not answer */
export const measureFleets = async (runtime: Runtime): Promise<void> => {
  const [fleets, intents] = await Promise.all([loadFleets(runtime), runtime.table.list<Intent>('intent')]);
  for (const [name, fleet] of fleets) {
    const [lease, history, switches] = await Promise.all([
      runtime.table.read<Lease>('lease', name),
      runtime.table.read<FleetHistory>('fleet', name),
      switchesOf(runtime, name),
    ]);
    const ofFleet = intents.map(({ value }) => value).filter(({ request }) => request.fleet === name);
    const state = { name, fleet, intents: ofFleet, lease: lease?.value, switches, history: history?.value ?? {} };
    runtime.measure(fleetFigures(state, runtime.clock.now()));
  }
};
