import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock.ts';
import type { Seeded } from '../../simulator/random/seeded.ts';

/** How often an actor lies still, and for how long: garbage is collected, a network hiccups, a machine is throttled. */
const STILL_CHANCE = 0.01;
const STILL_MS_MAX = 90_000;
const STEP_MS_MAX = 30;

interface Turn {
  readonly readyAt: number;
  readonly go: () => void;
}

/**
 * Decides by its seed which of several actors goes on, at each of their awaits: every call through a port and every sleep is a turn,
 * and one actor has it at a time. Time passes a little with each turn, and jumps when everybody sleeps.
 */
export class Scheduler {
  readonly #random: Seeded;
  readonly #waiting: Turn[] = [];
  readonly #errors: unknown[] = [];
  #live = 0;
  now: number;

  constructor(random: Seeded, startsAt: number) {
    this.#random = random;
    this.now = startsAt;
  }

  /** The clock of an actor whose machine is off by so much. */
  clockOff(offsetMs: number): Clock {
    return {
      now: () => this.now + offsetMs,
      sleep: (ms) => this.turn(Math.max(0, ms)),
    };
  }

  /** Waits for the next turn, which does not come before so many milliseconds have passed. */
  turn(ms = 0): Promise<void> {
    const stillMs = this.#random.chance(STILL_CHANCE) ? this.#random.uniform() * STILL_MS_MAX : 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ readyAt: this.now + ms + stillMs, go: resolve });
    return promise;
  }

  /** Adds an actor, which may add others. */
  spawn(work: () => Promise<void>): void {
    this.#live += 1;
    work()
      .catch((error: unknown) => this.#errors.push(error))
      .finally(() => {
        this.#live -= 1;
      });
  }

  /** Gives out turns until every actor has come to its end. @throws the first error of an actor */
  async run(): Promise<void> {
    while (this.#live > 0) {
      // Whoever has the turn goes on to the next await of its own.
      await setImmediate();
      const ready = this.#waiting.filter(({ readyAt }) => readyAt <= this.now);
      const next =
        ready.length > 0
          ? ready[Math.floor(this.#random.uniform() * ready.length)]
          : this.#waiting.toSorted((a, b) => a.readyAt - b.readyAt)[0];
      if (next === undefined) continue;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.now = Math.max(this.now, next.readyAt) + Math.floor(this.#random.uniform() * STEP_MS_MAX);
      next.go();
    }
    if (this.#errors.length > 0) throw this.#errors[0];
  }
}
