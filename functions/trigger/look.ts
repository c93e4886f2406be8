import { type Known, known, unknown } from '../../core/decision/known.ts';
import type { Unseen } from '../../core/decision/situation.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { type FoundKey, fullSince, rememberedKeys } from '../../core/inventory/inventory.ts';
import { wasFoundEmpty } from '../../core/inventory/turn.ts';
import type { KeyRef } from '../../core/key/key.ts';
import type { Region } from '../../core/region.ts';
import { regionsOf } from '../../core/run/request.ts';
import type { Primaries } from '../../core/run/request-from.ts';
import type { Judged } from '../../core/verdict/verdict.ts';
import { probed } from '../frame/deciding/probe.ts';
import { hurried } from '../frame/hurried.ts';
import { findKeys } from '../frame/keys/find-keys.ts';
import type { Search } from '../frame/keys/search.ts';
import { storedInventory, storeInventory } from '../frame/keys/stored-inventory.ts';
import { searchedWhereabouts } from '../frame/keys/whereabouts.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Subject } from './subject.ts';

/** How long one key of a sample may take to be described. */
export const SAMPLE_READ_MS_MAX = 4_000;
/**
 * For how long a fleet without an inventory is listed. The last answers come up to 9 s later, and probes and samples take 20 s more:
 * together less than the function's 50 s, also where a Region is dark.
 */
const LISTING_MS_MAX = 12_000;

/** What the fleet's keys and Regions look like now. */
export interface Look {
  readonly keys: readonly FoundKey[];
  readonly primaries: Known<Primaries>;
  /** The keys of which nobody said where their primary is; undefined where all did. */
  readonly unseen?: Unseen;
  readonly verdicts: ReadonlyMap<Region, Judged>;
}

/** What is looked for in particular. */
export interface Sought {
  /** The Region that is said to be in trouble, and is not asked for what others know as well. */
  readonly inTrouble?: Region | undefined;
  /** The Region in which a single primary would matter; the one in trouble unless told otherwise. */
  readonly primariesIn?: Region | undefined;
}

/**
 * Looks at a fleet: probes its Regions, and asks its keys where their primaries are: a sample of them, and all, as far as there is
 * time, before it is said that no primary is in the Region that matters.
 */
export const lookAt = async (runtime: Runtime, subject: Subject, { inTrouble, primariesIn = inTrouble }: Sought): Promise<Look> => {
  const regions = regionsOf(subject.fleet);
  const others = regions.filter((region) => region !== inTrouble);
  let probing: ReturnType<typeof probed> | undefined;
  // Once: while a fleet is listed that nobody has listed yet, or else when its keys are known.
  const probe = (keys: readonly KeyRef[]) => {
    probing ??= probed(runtime, { fleetName: subject.name, fleet: subject.fleet, keys, regions });
    return probing;
  };
  const keys = await keysOf(runtime, subject, async (some) => unreachableIn(await probe(some)));
  const [found, verdicts] = await Promise.all([
    searchedWhereabouts(hurried(runtime, SAMPLE_READ_MS_MAX), keys, others, primariesIn && ((region) => region === primariesIn)),
    probe(keys),
  ]);
  const primaries: Known<Primaries> =
    found.told > 0 ? known(found.primaries) : unknown(`none of ${others.join(', ')} described a key of the fleet`);
  const unseen = keys.length - found.told;
  return { keys, primaries, ...(unseen === 0 ? {} : { unseen: { keys: unseen, of: keys.length } }), verdicts };
};

/**
 * The fleet's keys as the inventory has them: who has to decide within seconds does not list thousands of keys, and a sample is
 * enough to decide by. A fleet that nobody has listed yet is listed in all of its Regions, as far as there is time: by its tags it
 * may be known where its primaries are and nowhere else, since a replica has none of its primary's. One that was found to have no
 * keys is not listed at each look.
 * @param silentIn says by the first keys that were listed which Regions answer nobody, and need not be waited for
 */
const keysOf = async (
  runtime: Runtime,
  { name: fleetName, fleet, fleets }: Subject,
  silentIn: Search['silentIn'] & {},
): Promise<readonly FoundKey[]> => {
  const regions = regionsOf(fleet);
  const stored = await storedInventory(runtime, fleetName, fleets);
  const known = rememberedKeys(stored, fleet);
  const isEmpty = wasFoundEmpty(stored, fullSince(fleet.accounts, regions, stored.listedAt), runtime.clock.now());
  if (known.length > 0 || isEmpty) return known;
  const findings = await findKeys(runtime, { fleetName, fleets, fleet, regions, msMax: LISTING_MS_MAX, silentIn });
  await storeInventory(runtime, fleetName, findings, findings.stored);
  return findings.keys;
};

const unreachableIn = (verdicts: ReadonlyMap<Region, Judged>): ReadonlySet<Region> =>
  new Set([...verdicts].flatMap(([region, { verdict }]) => (verdict === 'unreachable' ? [region] : [])));

/** The keys that the inventory has of the fleet, none when nobody has listed it yet. */
export const knownKeys = async (runtime: Runtime, fleetName: string, fleet: Fleet): Promise<readonly FoundKey[]> =>
  rememberedKeys(await storedInventory(runtime, fleetName), fleet);
