import type { VirtualClock } from '../simulator/clock/virtual-clock.ts';

/**
 * Lets code that waits by the machine's timers and reads its time live in virtual time, for the rest of this process: so the retry
 * strategies of the AWS SDK run here as they are. Chance comes from `uniform`, so that a seed replays.
 */
export const installVirtualTimers = (clock: VirtualClock, uniform: () => number): void => {
  const setTimeout = (fire: (...values: unknown[]) => void, ms = 0, ...values: unknown[]): unknown => {
    let cleared = false;
    // As in Node, no timer is shorter than a millisecond.
    clock.after(Math.max(1, ms), () => {
      if (!cleared) fire(...values);
    });
    const timer = {
      unref: () => timer,
      ref: () => timer,
      clear: () => {
        cleared = true;
      },
    };
    return timer;
  };
  const clearTimeout = (timer: { readonly clear?: () => void } | undefined): void => timer?.clear?.();
  Object.assign(globalThis, { setTimeout, clearTimeout });
  Date.now = () => Math.floor(clock.now());
  Math.random = uniform;
};
