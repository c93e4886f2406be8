import { type Darkness, isDark, observedDarkness, patienceIsOver } from '../../core/coordination/darkness.ts';
import type { Readings } from '../../core/key/agree.ts';
import type { AccountId, Region } from '../../core/region.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';

const idOf = (account: AccountId, region: Region): string => `${account}/${region}`;

/** The Regions of an account that other batches found dark a moment ago. */
export const darkRegions = async (runtime: Runtime, account: AccountId, regions: readonly Region[]): Promise<Set<Region>> => {
  const found = await Promise.all(regions.map((region) => runtime.table.read<Darkness>('darkness', idOf(account, region))));
  const now = runtime.clock.now();
  return new Set(regions.filter((_, index) => isDark(found[index]?.value, now)));
};

/**
 * Tells the other batches what these readings say of the Regions that were asked: dark when none of them was answered.
 * @param patienceMs how long the fleet waits for a Region
 * @returns the Regions that are dark, and those of them that were waited for long enough
 */
export const shareDarkness = async (
  runtime: Runtime,
  account: AccountId,
  readings: readonly Readings[],
  spared: ReadonlySet<Region>,
  patienceMs: number,
): Promise<{ readonly dark: ReadonlySet<Region>; readonly givenUp: ReadonlySet<Region> }> => {
  const regions = new Set(readings.flatMap((some) => [...some.keys()]));
  const dark = new Set<Region>();
  const givenUp = new Set<Region>();
  for (const region of regions) {
    const asked = spared.has(region) ? [] : readings.flatMap((some) => some.get(region) ?? []);
    const silent = asked.length === 0 || asked.every((reading) => reading.kind === 'failure' && reading.code === 'unreachable');
    const now = runtime.clock.now();
    const item = await changeItem<Darkness, Darkness | undefined>(runtime, 'darkness', idOf(account, region), (before) => {
      const after = asked.length === 0 ? undefined : observedDarkness(before, silent, now);
      return { store: after, answer: after ?? before };
    });
    if (silent) dark.add(region);
    if (silent && patienceIsOver(item, now, patienceMs)) givenUp.add(region);
  }
  return { dark, givenUp };
};
