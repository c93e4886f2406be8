import TinyQueue from 'tinyqueue';
import type { Clock } from '../../core/ports/clock.ts';
import type { TimerClock } from './timer-clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * A clock that jumps from one timer to the next, so that hours pass in milliseconds. Everything that runs on it must wait
 * only for this clock or for finished promises; real input and output goes through `hold`, during which time stands still.
 * Timers due at the same moment fire in the order in which they were set: a seed replays exactly.
 */
export class VirtualClock implements TimerClock {
  #now: number;
  #order = 0;
  #held = 0;
  readonly #timers = new TinyQueue<Timer>([], (a, b) => a.at - b.at || a.order - b.order);

  /** @param startsAt epoch milliseconds that the clock shows first */
  constructor(startsAt: number) {
    this.#now = startsAt;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number): Promise<void> {
    if (!(ms > 0)) return Promise.resolve();
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Calls `fire` once, `ms` milliseconds from now. */
  after(ms: number, fire: () => void): void {
    this.#timers.push({ at: this.#now + Math.max(0, ms), order: this.#order++, fire });
  }

  /** Stops time while a promise of the real world (a socket, a file) is under way. */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      return await work;
    } finally {
      this.#held -= 1;
    }
  }

  /**
   * Lets time pass until `story` has ended, and gives back what it gave.
   * @throws when everything waits and no timer is left: then nothing could ever happen again.
   */
  async run<T>(story: Promise<T>): Promise<T> {
    let ended = false;
    const mark = () => {
      ended = true;
    };
    story.then(mark, mark);
    for (await nextTurn(); !ended; await nextTurn()) {
      if (this.#held > 0) continue;
      if (!this.#advance())
        throw new Error('The virtual clock has no timer left, and the story has not ended: something waits for an event that cannot come.');
    }
    return story;
  }

  /** Moves to the next moment at which something is due and fires all of it. */
  #advance(): boolean {
    const first = this.#timers.pop();
    if (first === undefined) return false;
    this.#now = Math.max(this.#now, first.at);
    first.fire();
    while (this.#timers.peek()?.at === first.at) this.#timers.pop()?.fire();
    return true;
  }
}

/** A clock that runs as fast as another but shows a time that is off by `offsetMs`, as every machine's does, in whole milliseconds. */
export const skewed = (clock: Clock, offsetMs: number): Clock => ({
  now: () => Math.floor(clock.now() + offsetMs),
  sleep: (ms) => clock.sleep(ms),
});
