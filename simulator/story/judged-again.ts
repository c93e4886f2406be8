import { type FleetWatch, isToBeJudgedAgain } from '../../core/coordination/watch.ts';
import { TICK } from '../../core/signal/parse.ts';
import type { FleetVerdict } from '../../functions/trigger/settle.ts';
import type { TriggerAnswer } from '../../functions/trigger/trigger.ts';
import { deliver } from '../lambda/deliver.ts';
import type { World } from '../world/world.ts';
import { TICK_MS } from './teller.ts';

/**
 * Lets the minute tick judge the story's incident again that its first signal started nothing for: until a run is started, or nothing
 * is left to judge, since the answer will last or the signal's two hours are over.
 * @returns the last answer that was another one than before; undefined when there was none
 */
export const judgedAgain = async (fleetName: string, world: World): Promise<FleetVerdict | undefined> => {
  let last: FleetVerdict | undefined;
  while (last?.runId === undefined && (await isWatched(fleetName, world))) {
    await world.clock.sleep(TICK_MS);
    const answer = (await deliver(world.clock, () => world.invoke('trigger', TICK))) as unknown as TriggerAnswer;
    last = 'fleets' in answer ? (answer.fleets.find(({ fleet }) => fleet === fleetName) ?? last) : last;
  }
  return last;
};

const isWatched = async (fleetName: string, world: World): Promise<boolean> => {
  const watches = (await world.table.read<FleetWatch>('watch', fleetName))?.value.watches ?? [];
  return watches.some((watch) => isToBeJudgedAgain(watch, world.clock.now()));
};
