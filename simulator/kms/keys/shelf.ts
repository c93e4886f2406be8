import type { Alias } from './alias.ts';
import type { RegionalKey } from './kms-key.ts';

/** A map that can be paged through in the order of its names, sorted again only after something was added or removed. */
class Sorted<T> {
  readonly #byName = new Map<string, T>();
  #sorted: readonly string[] | undefined;

  get size(): number {
    return this.#byName.size;
  }

  get(name: string): T | undefined {
    return this.#byName.get(name);
  }

  set(name: string, value: T): void {
    this.#byName.set(name, value);
    this.#sorted = undefined;
  }

  delete(name: string): void {
    this.#byName.delete(name);
    this.#sorted = undefined;
  }

  values(): IterableIterator<T> {
    return this.#byName.values();
  }

  names(): readonly string[] {
    this.#sorted ??= [...this.#byName.keys()].sort();
    return this.#sorted;
  }
}

/** What one account has in one Region. A deleted alias stays among the others for as long as a stale read may show it. */
export class Shelf {
  readonly account: string;
  readonly region: string;
  readonly keys = new Sorted<RegionalKey>();
  readonly aliases = new Sorted<Alias>();

  constructor(account: string, region: string) {
    this.account = account;
    this.region = region;
  }

  /** Takes a key off the shelf, with its aliases. */
  remove(keyId: string): void {
    this.keys.delete(keyId);
    for (const { name, keyId: target } of [...this.aliases.values()]) if (target === keyId) this.aliases.delete(name);
  }
}
