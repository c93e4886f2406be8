import type { Call } from '../world.ts';

/** The moment of the past that this read shows, in epoch milliseconds. Drawn anew for each read, so a later read may show an earlier moment. */
export const readMoment = (call: Call): number => {
  const { clock, unkindness, faults } = call.world;
  return clock.now() - Math.max(unkindness.staleReadMs(), faults.staleReadMs(call));
};
