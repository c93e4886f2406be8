import { type FleetWatch, openIncidents } from '../../../core/coordination/watch.ts';
import type { OpenIncident } from '../../../core/decision/incident.ts';
import type { Runtime } from '../runtime.ts';

/** The incidents that the fleet has heard of and that go on. @throws when the table does not answer */
export const incidentsOf = async (runtime: Pick<Runtime, 'table' | 'clock'>, fleetName: string): Promise<readonly OpenIncident[]> =>
  openIncidents((await runtime.table.read<FleetWatch>('watch', fleetName))?.value, runtime.clock.now());
