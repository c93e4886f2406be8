import type { StopSwitch } from '../../core/decision/guard.ts';
import type { Runtime } from './runtime.ts';

/** The stop switches that are on for a fleet. */
export const switchesOf = async (runtime: Runtime, fleetName: string): Promise<readonly StopSwitch[]> => {
  const found = await Promise.all(['global', `fleet/${fleetName}`].map((id) => runtime.table.read<StopSwitch>('switch', id)));
  const now = runtime.clock.now();
  return found.flatMap((item) => (item !== undefined && item.value.expiresAt > now ? [item.value] : []));
};
