import type { KmsKey } from './kms-key.ts';
import { Shelf } from './shelf.ts';

/** Every key of every account in every Region of the simulated world. */
export class KeyRing {
  readonly regions: readonly string[];
  readonly #shelves = new Map<string, Shelf>();
  readonly #keys = new Map<string, KmsKey>();

  constructor(accounts: readonly string[], regions: readonly string[]) {
    this.regions = regions;
    for (const account of accounts) for (const region of regions) this.#shelves.set(`${account}/${region}`, new Shelf(account, region));
  }

  /** @throws when the world has no such account or Region. */
  shelf(account: string, region: string): Shelf {
    const shelf = this.findShelf(account, region);
    if (shelf === undefined) {
      throw new RangeError(
        `Expected one of the accounts and Regions of this simulated KMS (${[...this.#shelves.keys()].join(', ')}), got ${account}/${region}.`,
      );
    }
    return shelf;
  }

  /** @returns undefined when the world has no such account or Region. */
  findShelf(account: string, region: string): Shelf | undefined {
    return this.#shelves.get(`${account}/${region}`);
  }

  /** @throws when the account has no such key. */
  key(account: string, keyId: string): KmsKey {
    const key = this.#keys.get(`${account}/${keyId}`);
    if (key === undefined) throw new RangeError(`Expected a key of account ${account} in this simulated KMS, got ${keyId}.`);
    return key;
  }

  keys(): IterableIterator<KmsKey> {
    return this.#keys.values();
  }

  add(key: KmsKey): void {
    this.#keys.set(`${key.account}/${key.keyId}`, key);
    for (const related of key.regions.values()) this.shelf(key.account, related.region).keys.set(key.keyId, related);
  }

  /** Removes one related key, and the whole key when it was the last. */
  remove(key: KmsKey, region: string): void {
    key.regions.delete(region);
    this.shelf(key.account, region).remove(key.keyId);
    if (key.regions.size === 0) this.#keys.delete(`${key.account}/${key.keyId}`);
  }
}
