import { isOn, type StopSwitch, SWITCH_GLOBAL, switchOfFleet } from '../../../core/decision/switch.ts';
import type { Runtime } from '../runtime.ts';

/** The stop switches that are on for a fleet. @throws when the table does not answer */
export const switchesOf = async (runtime: Pick<Runtime, 'table' | 'clock'>, fleetName: string): Promise<readonly StopSwitch[]> => {
  const ids = [SWITCH_GLOBAL, switchOfFleet(fleetName)];
  const found = await Promise.all(ids.map((id) => runtime.table.read<StopSwitch>('switch', id)));
  const now = runtime.clock.now();
  return found.map((item) => item?.value).filter((thrown) => isOn(thrown, now));
};
