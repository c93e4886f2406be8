import type { TimerClock } from '../../../simulator/clock/timer-clock.ts';

/** How many DescribeKey calls a change outlasts. */
const LOOKS = 2;

interface Pending {
  readonly dueAtLook: number;
  readonly fire: () => void;
}

/**
 * Time for clients that are processes of their own: what KMS does after an answer is done when it has been looked at twice,
 * however slow the client is. The hour shown goes on by a second at each call, so that no quota is in the way.
 */
export class LookedAtClock implements TimerClock {
  #now = Date.UTC(2026, 0, 1);
  #looks = 0;
  #pending: Pending[] = [];

  now(): number {
    return this.#now;
  }

  /** Nothing here sleeps but a server that is closed, and that may wait for its connections. */
  sleep(): Promise<void> {
    return new Promise(() => undefined);
  }

  after(ms: number, fire: () => void): void {
    if (ms > 0) this.#pending.push({ dueAtLook: this.#looks + LOOKS, fire });
    else setImmediate(fire);
  }

  /** Told of each call before it is answered. */
  called(operation: string): void {
    this.#now += 1_000;
    if (operation !== 'DescribeKey') return;
    this.#looks += 1;
    const due = this.#pending.filter(({ dueAtLook }) => dueAtLook <= this.#looks);
    this.#pending = this.#pending.filter((pending) => !due.includes(pending));
    for (const { fire } of due) fire();
  }
}
