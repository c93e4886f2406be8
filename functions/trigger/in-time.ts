import { FUNCTION_TIMEOUT_SECONDS } from '../../core/limits.ts';
import type { Runtime } from '../frame/runtime.ts';
import { Situation } from '../frame/situation.ts';

/** KMS is asked for no longer than this; what is left of the function's time is for what table and store are to know. */
export const ASKING_MS_MAX = (FUNCTION_TIMEOUT_SECONDS.trigger - 6) * 1_000;

/** There was no time left to ask KMS. Another delivery, or the next tick, goes on. */
export class OutOfTimeError extends Situation {
  override readonly name = 'OutOfTime';
}

/**
 * The same runtime for one event: whatever hangs, calls to KMS that are out after so long fail, and none is begun after that. So the
 * function ends by itself, and every chore that needs no such call is done. Tags and quotas have shorter limits of their own.
 */
export const inTime = (runtime: Runtime): Runtime => {
  const { clock } = runtime;
  const until = clock.now() + ASKING_MS_MAX;
  const over = (): never => {
    throw new OutOfTimeError(
      `Expected KMS to answer within ${ASKING_MS_MAX / 1_000} s; it did not. What was not done by then, the next delivery or tick goes on with.`,
    );
  };
  let timeIsUp: Promise<never> | undefined;
  const kms = new Proxy(runtime.kms, {
    get:
      (port, method) =>
      async (...args: readonly unknown[]): Promise<unknown> => {
        if (clock.now() >= until) over();
        timeIsUp ??= clock.sleep(until - clock.now()).then(over);
        return Promise.race([Reflect.apply(Reflect.get(port, method) as (...args: readonly unknown[]) => unknown, port, args), timeIsUp]);
      },
  });
  return { ...runtime, kms };
};
