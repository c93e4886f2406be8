import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';

/** How long a call takes in virtual time: evenly between the two. */
export interface Latency {
  readonly msMin: number;
  readonly msMax: number;
}

/** What makes calls take time. */
export interface Pace {
  readonly clock: Clock;
  readonly random: Random;
  readonly latency: Latency;
}

/**
 * Runs `act` as a service far away would: half of the time passes before it happens, half until the caller learns of it.
 * So a caller may be overtaken by another that asked later.
 */
export const paced = async <T>(pace: Pace | undefined, act: () => T): Promise<T> => {
  if (pace === undefined) return act();
  const { msMin, msMax } = pace.latency;
  const halfMs = (msMin + (msMax - msMin) * pace.random.uniform()) / 2;
  await pace.clock.sleep(halfMs);
  const result = act();
  await pace.clock.sleep(halfMs);
  return result;
};
