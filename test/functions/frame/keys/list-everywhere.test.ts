import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyListing, Kms } from '../../../../core/ports/kms.ts';
import { type Region, region } from '../../../../core/region.ts';
import { listEverywhere } from '../../../../functions/frame/keys/list-everywhere.ts';
import type { Search } from '../../../../functions/frame/keys/search.ts';
import { VirtualClock } from '../../../../simulator/clock/virtual-clock.ts';
import { fleetWith, mrk } from '../../../support/fleet.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const LIT = region('us-west-2');
const DARK = region('us-east-1');
const ACCOUNTS = Array.from({ length: 500 }, (_, index) => String(100_000_000_000 + index));

const nothing: KeyListing = { kind: 'listed', keyIds: [], complete: true };
const silence = { kind: 'failure', code: 'unreachable', errorName: 'TimeoutError', message: '' } as const;

/** Lists a fleet of many accounts; what a Region answers, and after how long. */
const listing = async (
  answers: (region: Region) => { readonly ms: number; readonly answer: Awaited<ReturnType<Kms['listKeys']>> },
  more: Pick<Search, 'msMax' | 'silentIn'> = {},
) => {
  const clock = new VirtualClock(0);
  const asked: Region[] = [];
  let [running, runningMax] = [0, 0];
  const listKeys: Kms['listKeys'] = async (_, where) => {
    asked.push(where);
    running += 1;
    runningMax = Math.max(runningMax, running);
    const { ms, answer } = answers(where);
    await clock.sleep(ms);
    running -= 1;
    return answer;
  };
  const fleet = fleetWith({ accounts: ACCOUNTS });
  const search = {
    fleetName: 'all',
    fleet,
    fleets: new Map([['all', fleet]]),
    regions: [DARK, LIT],
    ...more,
  };
  const lists = await clock.run(listEverywhere(runtimeWith({ clock, kms: { ...runtimeWith().kms, listKeys } }), search));
  const listedIn = (where: Region) => lists.filter((each) => each.region === where && each.list.kind === 'listed').length;
  return { lists, asked, listedIn, tookMs: clock.now(), runningMax };
};

describe('A listing of many accounts', () => {
  it('asks each Region about some accounts at once, and in the end about all', async () => {
    const { lists, listedIn, runningMax } = await listing(() => ({ ms: 100, answer: nothing }));

    assert.deepEqual([lists.length, listedIn(DARK), listedIn(LIT)], [1_000, 500, 500]);
    assert.ok(runningMax <= 80, String(runningMax));
  });

  it('does not ask a Region that answers nobody about all of them, and holds up no other Region for it', async () => {
    const { listedIn, asked, tookMs, lists } = await listing((where) =>
      where === DARK ? { ms: 18_000, answer: silence } : { ms: 100, answer: nothing },
    );

    assert.deepEqual([listedIn(DARK), listedIn(LIT)], [0, 500]);
    assert.ok(asked.filter((where) => where === DARK).length <= 44, String(asked.length));
    assert.ok(tookMs <= 36_000, String(tookMs));
    const remarks = new Set(lists.flatMap(({ region: where, list }) => (where === DARK ? list.remarks.map(({ about }) => about) : [])));
    assert.deepEqual(remarks, new Set(['keys TimeoutError false', 'not asked']));
  });

  it('goes on with a Region that refuses one account, since it answers', async () => {
    const denied = { kind: 'failure', code: 'denied', errorName: 'AccessDeniedException', message: '' } as const;
    const { asked } = await listing(() => ({ ms: 100, answer: denied }));

    assert.equal(asked.length, 1_000);
  });

  it('ends soon after its time, with what there is by then', async () => {
    const { listedIn, tookMs } = await listing(() => ({ ms: 8_000, answer: nothing }), { msMax: 20_000 });

    assert.deepEqual([listedIn(DARK), listedIn(LIT)], [120, 120]);
    assert.ok(tookMs <= 29_000, String(tookMs));
  });

  it('does not wait for a Region of which it is told that it answers nobody, once another has listed keys', async () => {
    const one: KeyListing = { ...nothing, keyIds: [mrk('1')] };
    const asked: number[] = [];
    const silentIn: Search['silentIn'] = async (keys) => {
      asked.push(keys.length);
      return new Set([DARK]);
    };
    const { listedIn, tookMs, lists } = await listing((where) => ({ ms: where === DARK ? 18_000 : 100, answer: one }), { silentIn });

    assert.deepEqual([listedIn(DARK), listedIn(LIT), asked], [0, 500, [500]]);
    assert.ok(tookMs <= 2_000, String(tookMs));
    assert.deepEqual(new Set(lists.flatMap(({ list }) => list.remarks.map(({ about }) => about))), new Set(['silent']));
  });

  it('waits for a slow Region of which it is not told so', async () => {
    const one: KeyListing = { ...nothing, keyIds: [mrk('1')] };
    const { listedIn } = await listing((where) => ({ ms: where === DARK ? 2_000 : 100, answer: one }), { silentIn: async () => new Set() });

    assert.deepEqual([listedIn(DARK), listedIn(LIT)], [500, 500]);
  });

  it('gives up what does not end at all', async () => {
    const { lists, tookMs } = await listing((where) => ({ ms: where === DARK ? 10 ** 9 : 100, answer: nothing }), { msMax: 20_000 });

    assert.equal(lists.length, 1_000);
    assert.ok(tookMs <= 29_000, String(tookMs));
  });
});
