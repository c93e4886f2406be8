import type { PreparedWorld } from '../faults/kms-fault.ts';
import { Alias } from './keys/alias.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { algorithmsOf, type KeySpec, type KeyUsage } from './keys/key-specs.ts';
import { type RegionalKey, regionsBut } from './keys/kms-key.ts';
import { makeKey, makeReplica } from './keys/make-key.ts';
import type { KeyState } from './keys/regional-view.ts';
import type { Shelf } from './keys/shelf.ts';
import type { OperationName } from './operation-name.ts';
import { defaultPolicy } from './operations/key-policy.ts';
import type { World } from './world.ts';

const MONTH_MS = 30 * 86_400_000;

/** A key to be put in place before the story begins. */
export interface KeySeed {
  readonly account: string;
  /** Drawn from the seed when left out. A UUID makes a single-Region key, as in KMS itself, where only multi-Region ones begin with `mrk-`. */
  readonly keyId?: string;
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly primary: string;
  readonly replicas: readonly string[];
  /** Names that begin with `alias/`, given to the key in each of its Regions. */
  readonly aliases?: readonly string[];
  /** Tags of the primary; a replica has none of its own until somebody tags it. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdMsAgo?: number;
}

const requirePossible = ({ keySpec, keyUsage, primary, replicas, aliases = [], tags = {} }: KeySeed, keyId: string): void => {
  if (algorithmsOf(keySpec, keyUsage).length === 0) throw new RangeError(`Expected a usage that ${keySpec} has, got ${keyUsage}.`);
  if (new Set([primary, ...replicas]).size !== replicas.length + 1) {
    throw new RangeError(`Expected a primary and replicas in different Regions, got ${[primary, ...replicas].join(', ')}.`);
  }
  if (replicas.length > 0 && !keyId.startsWith('mrk-')) throw new RangeError(`Expected no replicas for the single-Region key ${keyId}.`);
  const strange = aliases.find((alias) => !/^alias\/(?!aws\/)/.test(alias));
  if (strange !== undefined) throw new RangeError(`Expected aliases that begin with alias/ and not with alias/aws/, got ${strange}.`);
  const reserved = Object.keys(tags).find((tagKey) => /^aws:/i.test(tagKey));
  if (reserved !== undefined) throw new RangeError(`Expected tags that do not begin with aws:, got ${reserved}.`);
};

const requireNew = (shelves: readonly Shelf[], { account, aliases = [] }: KeySeed, keyId: string): void => {
  if (shelves.some(({ keys }) => keys.get(keyId) !== undefined)) {
    throw new RangeError(`Expected a new key ID, got ${keyId}, which account ${account} has already.`);
  }
  for (const { region, aliases: taken } of shelves) {
    const alias = aliases.find((name) => taken.get(name)?.keyId !== undefined);
    if (alias !== undefined) throw new RangeError(`Expected new aliases, got ${alias}, which account ${account} has in ${region} already.`);
  }
};

/** Puts a key in place, ready and settled, without a call. @returns its key ID. @throws RangeError for a key that KMS could not have */
export const plantKey = (world: World, seed: KeySeed): string => {
  const { account, keySpec, keyUsage, primary, replicas, aliases = [], tags = {}, createdMsAgo = MONTH_MS } = seed;
  const keyId = seed.keyId ?? `mrk-${world.keyIds.hex(32)}`;
  requirePossible(seed, keyId);
  const shelves = [primary, ...replicas].map((region) => world.ring.shelf(account, region));
  requireNew(shelves, seed, keyId);
  const own = { sinceMs: world.clock.now() - createdMsAgo, description: '', tags: {}, policy: defaultPolicy(account) };
  const multiRegion = keyId.startsWith('mrk-');
  const { key } = makeKey(world.secret, { account, keyId, keySpec, keyUsage, multiRegion, origin: 'AWS_KMS' }, primary, { ...own, tags });
  for (const region of replicas) makeReplica(key, primary, region, 'Enabled', own);
  for (const shelf of shelves) for (const name of aliases) shelf.aliases.set(name, new Alias(name, keyId, own.sinceMs));
  world.ring.add(key);
  return keyId;
};

/** Changes that tests, stories and faults make behind the back of KMS. Each throws for a key that does not exist. */
export class Backdoor implements PreparedWorld {
  readonly #ring: KeyRing;
  readonly #now: () => number;

  constructor(ring: KeyRing, now: () => number) {
    this.#ring = ring;
    this.#now = now;
  }

  setState(account: string, keyId: string, region: string, state: KeyState): void {
    this.#related(account, keyId, region).change(this.#now(), { state, relationsBefore: undefined });
  }

  /** Replaces what this key's policy denies in this Region; an empty list lifts it all. */
  deny(account: string, keyId: string, region: string, operations: readonly OperationName[]): void {
    this.#related(account, keyId, region).denied = new Set(operations);
  }

  setPolicy(account: string, keyId: string, region: string, policy: string): void {
    this.#related(account, keyId, region).change(this.#now(), { policy });
  }

  disableReplica(account: string, keyId: string, region: string): void {
    this.#ring.key(account, keyId).regions.get(region)?.rewrite({ state: 'Disabled' });
  }

  removeReplica(account: string, keyId: string, region: string): void {
    const key = this.#ring.key(account, keyId);
    const primaryRegion = key.regions.get(region)?.now.primaryRegion;
    if (primaryRegion === undefined) return;
    this.#ring.remove(key, region);
    for (const related of key.regions.values()) related.rewrite({ replicaRegions: regionsBut(key, primaryRegion) });
  }

  denyPromotion(account: string, keyId: string, region: string): void {
    if (this.#ring.key(account, keyId).regions.has(region)) this.deny(account, keyId, region, ['UpdatePrimaryRegion']);
  }

  #related(account: string, keyId: string, region: string): RegionalKey {
    const related = this.#ring.key(account, keyId).regions.get(region);
    if (related === undefined) throw new RangeError(`Expected key ${keyId} to exist in ${region}, but it does not.`);
    return related;
  }
}
