import type { Retrier } from './definition/definition.ts';
import { StateFailure, takes } from './failure.ts';
import { pause, type Visit } from './frame.ts';

/** How long to wait before the attempt after `failures` failures that this retrier took, in milliseconds. */
const delayMs = (retrier: Retrier, failures: number, jitter: () => number): number => {
  const seconds = retrier.intervalSeconds * retrier.backoffRate ** (failures - 1);
  const capped = Math.min(seconds, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return Math.round(1_000 * (retrier.jitter === 'FULL' ? capped * jitter() : capped));
};

/**
 * Runs `attempt` until it succeeds or no retrier takes its failure any more. Each retrier counts its own attempts, and
 * each wait draws its jitter from a stream of its own, so that one retry more does not shift any other draw.
 * @throws the last failure
 */
export const withRetries = async <T>(retriers: readonly Retrier[], visit: Visit, attempt: (number: number) => Promise<T>): Promise<T> => {
  const { frame } = visit;
  const failuresOf = new Map<Retrier, number>();
  for (let number = 0; ; number += 1) {
    try {
      return await attempt(number);
    } catch (thrown) {
      if (!(thrown instanceof StateFailure)) throw thrown;
      const retrier = retriers.find(({ errorEquals }) => takes(errorEquals, thrown.error));
      const failures = retrier === undefined ? 0 : (failuresOf.get(retrier) ?? 0) + 1;
      if (retrier === undefined || failures > retrier.maxAttempts) throw thrown;
      failuresOf.set(retrier, failures);
      await pause(
        frame,
        delayMs(retrier, failures, () => frame.execution.engine.random.stream(`${visit.key}/retry/${number}`).uniform()),
      );
      frame.execution.tally.stateTransitions += 1;
    }
  }
};
