import type { Intent } from '../../core/coordination/intent.ts';
import { incidentsOf } from '../frame/deciding/incidents.ts';
import { pooled } from '../frame/pooled.ts';
import type { Runtime } from '../frame/runtime.ts';

const READS_AT_ONCE = 10;

/**
 * Whether nothing goes on: no fleet has an open intent, which a run has from its plan to its report, and none knows of an incident.
 * @throws when the table does not answer
 */
export const isQuiet = async (runtime: Pick<Runtime, 'table' | 'clock'>, fleetNames: readonly string[]): Promise<boolean> => {
  const intents = await runtime.table.list<Intent>('intent');
  if (intents.some(({ value }) => value.state === 'open')) return false;
  const incidents = await pooled(fleetNames, READS_AT_ONCE, (name) => incidentsOf(runtime, name));
  return incidents.every((each) => each.length === 0);
};
