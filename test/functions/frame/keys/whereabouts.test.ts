import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyAt } from '../../../../core/key/key.ts';
import type { Region } from '../../../../core/region.ts';
import { searchedWhereabouts } from '../../../../functions/frame/keys/whereabouts.ts';
import { VirtualClock } from '../../../../simulator/clock/virtual-clock.ts';
import { failing, keyRef, SOURCE, TARGET, THIRD, viewOf } from '../../../support/keys.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const MINUTE_MS = 60_000;

interface World {
  readonly keys: number;
  /** The keys, by their number, that are in the source still. */
  readonly left?: readonly number[];
  readonly isMoving?: (key: number) => boolean;
  readonly dark?: Region;
  readonly readMs?: number;
  readonly startsAt?: number;
}

/** A fleet whose primaries are in the target, but for those that were left in the source; the target and a third Region are asked. */
const looking = async ({ keys: count, left = [], isMoving = () => false, dark, readMs = 50, startsAt = 0 }: World) => {
  const clock = new VirtualClock(startsAt);
  const keys = Array.from({ length: count }, (_, index) => ({ ...keyRef(String(index + 1)), listedIn: [], heldIn: [], otherFleets: [] }));
  const numbers = new Map(keys.map(({ keyId }, index) => [keyId, index + 1]));
  const asked: KeyAt[] = [];
  const describe_ = async (key: KeyAt) => {
    asked.push(key);
    await clock.sleep(readMs);
    if (key.region === dark) return failing('unreachable');
    const number = numbers.get(key.keyId) ?? 0;
    return viewOf(key.region, {
      primaryRegion: left.includes(number) ? SOURCE : TARGET,
      ...(isMoving(number) ? { state: 'Updating' } : {}),
    });
  };
  const runtime = runtimeWith({ clock, kms: { ...runtimeWith().kms, describe: describe_ } });
  const find = (isSought?: (region: Region) => boolean) => clock.run(searchedWhereabouts(runtime, keys, [TARGET, THIRD], isSought));
  return { find, clock, asked, numbers };
};

const inSource = (region: Region): boolean => region === SOURCE;

describe('A search for primaries', () => {
  it('finds two keys of a hundred that a sample misses', async () => {
    const { find } = await looking({ keys: 100, left: [97, 99] });

    assert.ok(((await find(inSource)).primaries.get(SOURCE) ?? 0) >= 1);
  });

  it('asks no more than a sample where that has one, or where nothing is looked for in particular', async () => {
    const there = await looking({ keys: 100, left: Array.from({ length: 100 }, (_, index) => index + 1) });
    assert.equal((await there.find(inSource)).told, 20);
    const anywhere = await looking({ keys: 100 });

    assert.equal((await anywhere.find()).told, 20);
  });

  it('tells of every key where none is there, though a Region that it asks is dark', async () => {
    const { find } = await looking({ keys: 250, dark: TARGET });

    assert.deepEqual(await find(inSource), { primaries: new Map([[TARGET, 250]]), told: 250 });
  });

  it('does not count a key that is on its way', async () => {
    const { find } = await looking({ keys: 30, isMoving: (key) => key === 7 });

    assert.equal((await find(inSource)).told, 29);
  });

  it('sends 500 reads a second at most, and has an end where keys are many', async () => {
    const { find, clock, asked } = await looking({ keys: 20_000, readMs: 5 });
    const { told } = await find(inSource);

    assert.ok(clock.now() <= 10_000, String(clock.now()));
    assert.ok(asked.length <= 3_200, String(asked.length));
    assert.ok(told >= 2_900, String(told));
  });

  it('looks at every key within some minutes where there is time for a third of them in each', async () => {
    const seen = new Set<string>();
    for (let minute = 0; minute < 8; minute += 1) {
      const { find, asked } = await looking({ keys: 1_000, readMs: 2_000, startsAt: minute * MINUTE_MS });
      assert.ok((await find(inSource)).told < 400);
      for (const { keyId } of asked) seen.add(keyId);
    }

    assert.equal(seen.size, 1_000);
  });
});
