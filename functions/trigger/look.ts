import { type Known, known, unknown } from '../../core/decision/known.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { FoundKey } from '../../core/inventory/inventory.ts';
import type { Region } from '../../core/region.ts';
import { type Primaries, regionsOf } from '../../core/run/request.ts';
import type { Judged } from '../../core/verdict/verdict.ts';
import { probed } from '../frame/deciding/probe.ts';
import { hurried } from '../frame/hurried.ts';
import { findKeys, storedInventory, storeInventory } from '../frame/keys/find-keys.ts';
import { whereabouts } from '../frame/keys/whereabouts.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Subject } from './subject.ts';

/** How long one key of a sample may take to be described. */
export const SAMPLE_READ_MS_MAX = 4_000;
/** For how long a fleet without an inventory is listed; the last answers come some seconds later, and probes and samples need theirs. */
const LISTING_MS_MAX = 12_000;

/** What the fleet's keys and Regions look like now. */
export interface Look {
  readonly keys: readonly FoundKey[];
  readonly primaries: Known<Primaries>;
  readonly verdicts: ReadonlyMap<Region, Judged>;
}

/**
 * Looks at a fleet: probes its Regions, and asks a sample of its keys where their primaries are.
 * @param inTrouble the Region that is said to be in trouble, and is not asked for what others know as well
 */
export const lookAt = async (runtime: Runtime, subject: Subject, inTrouble: Region | undefined): Promise<Look> => {
  const regions = regionsOf(subject.fleet);
  const others = regions.filter((region) => region !== inTrouble);
  const keys = await keysOf(runtime, subject, others);
  const [found, verdicts] = await Promise.all([
    whereabouts(hurried(runtime, SAMPLE_READ_MS_MAX), keys, others),
    probed(runtime, { fleetName: subject.name, fleet: subject.fleet, keys, regions }),
  ]);
  const primaries: Known<Primaries> = found.size > 0 ? known(found) : unknown(`none of ${others.join(', ')} described a key of the fleet`);
  return { keys, primaries, verdicts };
};

/**
 * The fleet's keys as the inventory has them: who has to decide within seconds does not list thousands of keys, and a sample is
 * enough to decide by. A fleet that nobody has listed yet is listed, as far as there is time.
 */
const keysOf = async (
  runtime: Runtime,
  { name: fleetName, fleet, fleets }: Subject,
  regions: readonly Region[],
): Promise<readonly FoundKey[]> => {
  const known = await knownKeys(runtime, fleetName, fleet);
  if (known.length > 0) return known;
  const findings = await findKeys(runtime, { fleetName, fleets, fleet, regions, msMax: LISTING_MS_MAX });
  if (findings.keys.length > 0) await storeInventory(runtime, fleetName, findings, findings.stored);
  return findings.keys;
};

/** The keys that the inventory has of the fleet, none when nobody has listed it yet. */
export const knownKeys = async (runtime: Runtime, fleetName: string, { accounts }: Fleet): Promise<readonly FoundKey[]> => {
  const { keys } = await storedInventory(runtime, fleetName);
  return keys.filter(({ account }) => accounts.includes(account)).map((key) => ({ ...key, listedIn: [], heldIn: [], otherFleets: [] }));
};
