import type { FoundKey } from '../../../core/inventory/inventory.ts';
import { seen } from '../../../core/key/agree.ts';
import { keyName } from '../../../core/key/key.ts';
import type { Region } from '../../../core/region.ts';
import type { Primaries } from '../../../core/run/request-from.ts';
import { pooled } from '../pooled.ts';
import type { Runtime } from '../runtime.ts';
import { observe } from './observe.ts';
import { SAMPLE_MAX, SAMPLE_PER_ACCOUNT_MAX, sampleKeys } from './sample-keys.ts';

/** In which Regions the primaries of a sample of the fleet's keys are, by what the Regions that answer say. */
export const whereabouts = async (runtime: Runtime, keys: readonly FoundKey[], regions: readonly Region[]): Promise<Primaries> => {
  const sample = sampleKeys(keys, SAMPLE_PER_ACCOUNT_MAX, SAMPLE_MAX);
  const found = await Promise.all(
    sample.map(async (key) => seen(await observe(runtime, key, regions)).flatMap(({ primaryRegion }) => primaryRegion ?? [])[0]),
  );
  const counts = new Map<Region, number>();
  for (const region of found) if (region !== undefined) counts.set(region, (counts.get(region) ?? 0) + 1);
  return counts;
};

/** What was learnt of where a fleet's primaries are, and of how many of its keys. */
export interface Whereabouts {
  readonly primaries: Primaries;
  /** How many keys told where their primary is. */
  readonly told: number;
}

/** So long further keys are begun with after the start; the last reads come up to their own time limit later. */
const SEARCH_MS_MAX = 6_000;
/**
 * So many keys at once, and none of these places is free again any sooner: at most 500 reads a second, a quarter of what KMS gives an
 * account for them. https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
 */
const AT_ONCE = 100;
const READ_MS_MIN = 200;
/** Looks of one minute after the other begin so far apart in the list: after a few of them every part was looked at. */
const TURN_MINUTES_MS = 60_000;
const GOLDEN_SHARE = 0.618034;

/**
 * The same, by who must not miss a few keys among many: where no sampled key has its primary in a Region that is sought, all the others
 * are asked as well, until one has or the time is up. What there is no time for, a look in another minute begins with.
 * @param isSought whether a primary in this Region is what is looked for; without it a sample is all that is asked
 */
export const searchedWhereabouts = async (
  runtime: Runtime,
  keys: readonly FoundKey[],
  regions: readonly Region[],
  isSought?: (region: Region) => boolean,
): Promise<Whereabouts> => {
  const { clock } = runtime;
  const until = clock.now() + SEARCH_MS_MAX;
  const sample = sampleKeys(keys, SAMPLE_PER_ACCOUNT_MAX, SAMPLE_MAX);
  const views = (await Promise.all(sample.map((key) => observe(runtime, key, regions)))).map(settledViews);
  const counts = new Map<Region, number>();
  let isFound = false;
  const note = (primary: Region | undefined): void => {
    if (primary === undefined) return;
    counts.set(primary, (counts.get(primary) ?? 0) + 1);
    if (isSought === undefined || isSought(primary)) isFound = true;
  };
  for (const [first] of views) note(first?.primaryRegion);

  // One Region knows of all the others, so the one that answered most is asked first.
  const answers = (region: Region): number => views.flat().filter((view) => view.region === region).length;
  const answering = regions.filter((region) => answers(region) > 0).toSorted((a, b) => answers(b) - answers(a));
  const known = new Set(sample.map(keyName));
  const others =
    answering.length === 0
      ? []
      : turned(
          keys.filter((key) => !known.has(keyName(key))),
          clock.now(),
        );
  await pooled(others, AT_ONCE, async (key) => {
    if (isFound || clock.now() >= until) return;
    const [primary] = await Promise.all([primaryOf(runtime, key, answering), clock.sleep(READ_MS_MIN)]);
    note(primary);
  });
  return { primaries: counts, told: [...counts.values()].reduce((sum, count) => sum + count, 0) };
};

/** What Regions say of a key that is not just moving. */
const settledViews = (readings: Parameters<typeof seen>[0]) =>
  seen(readings).filter(({ state, primaryRegion }) => primaryRegion !== undefined && state !== 'Updating' && state !== 'Creating');

/** Where a key's primary is, as the first of the Regions says that knows. */
const primaryOf = async (runtime: Runtime, key: FoundKey, regions: readonly Region[]): Promise<Region | undefined> => {
  for (const region of regions) {
    const [view] = settledViews(await observe(runtime, key, [region]));
    if (view !== undefined) return view.primaryRegion;
  }
  return undefined;
};

const turned = <K>(keys: readonly K[], now: number): readonly K[] => {
  const start = Math.floor(((Math.floor(now / TURN_MINUTES_MS) * GOLDEN_SHARE) % 1) * keys.length);
  return [...keys.slice(start), ...keys.slice(0, start)];
};
