import type { Clock } from '../../core/ports/clock.ts';

/** Asked as an invocation goes on; `true` means: the process is killed here and now. */
export interface Fate {
  afterEffect(): boolean;
  atEnd(): boolean;
}

/** What the code that runs in an execution environment, and the world around it, may know of it. */
export interface LambdaInstance {
  /** Counts the instances of a function from 1. */
  readonly number: number;
  /** The function's clock. It never wakes a dead instance. */
  readonly clock: Clock;
  /** Lets a promise of the world through to the function's code, unless the instance is dead by then: then it never settles. */
  guard<T>(promise: Promise<T>): Promise<T>;
  /**
   * The world says that something the invocation asked for has happened. When the invocation is to die for it, this
   * never resolves, so that the reply is lost: `const reply = await send(); await instance.effect(); return reply;`
   */
  effect(): Promise<void>;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * One execution environment of a function: what a real one keeps between invocations, and what dies with it. Nothing
 * that a dead instance waited for ever comes back to its code, as in a process that was killed.
 */
export class Instance implements LambdaInstance {
  readonly number: number;
  readonly clock: Clock;
  #dead = false;
  #fate: Fate | undefined;
  #onDeath: () => void = () => undefined;

  constructor(number: number, clock: Clock) {
    this.number = number;
    this.clock = { now: () => clock.now(), sleep: (ms) => this.guard(clock.sleep(ms)) };
  }

  /** Begins an invocation. `onDeath` is called when its fate strikes at an effect. */
  begin(fate: Fate | undefined, onDeath: () => void): void {
    this.#fate = fate;
    this.#onDeath = onDeath;
  }

  /** Ends an invocation; what its code left running can no longer be struck. */
  end(): void {
    this.#fate = undefined;
  }

  /** Kills the process: a crash, or the function's timeout. */
  kill(): void {
    this.#dead = true;
  }

  guard<T>(promise: Promise<T>): Promise<T> {
    return promise.then(
      (value) => (this.#dead ? never<T>() : value),
      (thrown) => {
        if (this.#dead) return never<T>();
        throw thrown;
      },
    );
  }

  async effect(): Promise<void> {
    if (!this.#dead && this.#fate?.afterEffect()) {
      this.kill();
      this.#onDeath();
    }
    if (this.#dead) await never<void>();
  }
}
