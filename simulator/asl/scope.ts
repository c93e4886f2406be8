import { Halted } from './failure.ts';

/**
 * Something that can end from outside while work goes on in it: an execution, the inside of a Map. Ending it ends every
 * scope inside. Work that is awaited through it is let go, not cancelled: a function in flight runs to its end, and
 * nobody hears its result.
 */
export class Scope {
  #halted = false;
  readonly #onHalt = new Set<() => void>();

  /** Runs `work` in a scope inside this one, which ends when this one or the work does. */
  async inner<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
    if (this.#halted) throw new Halted();
    const scope = new Scope();
    try {
      return await this.#until(() => scope.halt(), work(scope));
    } finally {
      scope.halt();
    }
  }

  /** Starts `work` and waits for it; @throws Halted as soon as the scope ends, or at once when it has. */
  async wait<T>(work: () => Promise<T>): Promise<T> {
    if (this.#halted) throw new Halted();
    const { promise: halted, reject } = Promise.withResolvers<never>();
    return this.#until(() => reject(new Halted()), Promise.race([work(), halted]));
  }

  async #until<T>(halt: () => void, work: Promise<T>): Promise<T> {
    this.#onHalt.add(halt);
    try {
      return await work;
    } finally {
      this.#onHalt.delete(halt);
    }
  }

  halt(): void {
    this.#halted = true;
    for (const halt of this.#onHalt) halt();
    this.#onHalt.clear();
  }
}
