import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';

const ATTEMPTS_MAX = 2;
const PAUSE_MS_MAX = 300;

const token = (retryCount: number): RetryToken => ({ getRetryCount: () => retryCount, getRetryDelay: () => 0 });

/**
 * Two attempts, with a pause in between that our own clock measures. The SDK's own strategy measures it with the machine's
 * timers, and its budget of retries, shared over all calls, would run dry in exactly the outage that this project is for.
 */
export class ReadRetry implements RetryStrategyV2 {
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  async acquireInitialRetryToken(): Promise<RetryToken> {
    return token(0);
  }

  /** @throws when the call shall not be repeated: the SDK then throws the call's own error. */
  async refreshRetryTokenForRetry(before: RetryToken, failure: RetryErrorInfo): Promise<RetryToken> {
    const attempts = before.getRetryCount() + 1;
    if (failure.errorType === 'CLIENT_ERROR' || attempts >= ATTEMPTS_MAX) throw new Error('This call is not repeated.');
    await this.#clock.sleep(this.#random.uniform() * PAUSE_MS_MAX);
    return token(attempts);
  }

  recordSuccess(): void {}
}
