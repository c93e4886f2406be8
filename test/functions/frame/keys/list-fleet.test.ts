import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LISTING_MS_MAX, READ_CALL_MS_MAX } from '../../../../core/limits.ts';
import { accountId, region } from '../../../../core/region.ts';
import { listFleet } from '../../../../functions/frame/keys/list-fleet.ts';
import type { KmsFault } from '../../../../simulator/faults/kms-fault.ts';
import { ACCOUNT, type KmsWorld, SOURCE, STARTS_AT } from '../../../simulator/kms/kms-world.ts';
import { fleetWith, mrk } from '../../../support/fleet.ts';
import { faultOn, refusal, simulated } from '../../../support/kms.ts';
import { runtimeWith } from '../../../support/runtime.ts';
import { taggingOver } from '../../../support/tagging.ts';

const TAGS = { team: 'pay' };
const PAYMENTS = { accounts: [ACCOUNT], keys: { tags: TAGS } };

/** Lists, in the source, the first of the fleets given. */
const listing = async (
  fleets: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  seed: (world: KmsWorld) => void,
  faults: readonly KmsFault[] = [],
  mayAskIndex = true,
) => {
  const { world, kms } = simulated({ makeFaults: () => faults });
  seed(world);
  const parsed = new Map(Object.entries(fleets).map(([name, fleet]) => [name, fleetWith({ accounts: [ACCOUNT], ...fleet })]));
  const [[fleetName, fleet] = assert.fail('no fleet')] = parsed;
  const runtime = runtimeWith({ kms, clock: world.clock });
  const index = mayAskIndex ? { index: taggingOver(world, { faults }) } : {};
  const search = { fleetName, fleet, fleets: parsed, regions: [region(SOURCE)], ...index };
  const list = await world.run(listFleet(runtime, search, accountId(ACCOUNT), region(SOURCE), LISTING_MS_MAX));
  assert.ok(list.kind === 'listed', JSON.stringify(list));
  return { list, texts: list.remarks.map(({ text }) => text), tookMs: world.clock.now() - STARTS_AT, calls: world.kms.counts().calls };
};

const tagged = (count: number) => (world: KmsWorld) => {
  for (let index = 0; index < count; index += 1) world.key({ keyId: mrk(String(index)), replicas: [], tags: TAGS });
};

const noIndex = () => faultOn('GetResources', () => refusal('AccessDeniedException'));

describe('A fleet that is selected by tags', () => {
  it('is listed by a hundred keys a call, and KMS is asked for the tags of none', async () => {
    let asked = 0;
    const counting = faultOn('GetResources', (nth) => {
      asked = nth;
      return undefined;
    });
    const { list, texts, calls } = await listing(
      { payments: PAYMENTS },
      (world) => {
        tagged(250)(world);
        world.key({ tags: { team: 'other' } });
        world.key();
      },
      [counting],
    );

    assert.deepEqual([list.keys.length, list.complete, list.keyIds.size], [250, true, 252]);
    assert.deepEqual([texts, asked, calls.ListResourceTags], [[], 3, undefined]);
  });

  it('has no key that KMS does not list any more, whatever the index says', async () => {
    const { world, kms } = simulated();
    const index = { keysTagged: async () => ({ kind: 'tagged' as const, tags: new Map([[mrk('99'), TAGS]]), complete: true }) };
    const fleet = fleetWith(PAYMENTS);
    const search = { fleetName: 'payments', fleet, fleets: new Map([['payments', fleet]]), regions: [region(SOURCE)], index };
    const lagging = await world.run(
      listFleet(runtimeWith({ kms, clock: world.clock }), search, accountId(ACCOUNT), region(SOURCE), LISTING_MS_MAX),
    );
    assert.deepEqual(lagging.kind === 'listed' && [lagging.keys, lagging.complete], [[], true]);
  });

  it('is known by the index where KMS does not list, though not in full', async () => {
    const { list, texts } = await listing({ payments: PAYMENTS }, tagged(3), [faultOn('ListKeys', () => refusal('AccessDeniedException'))]);

    assert.deepEqual([list.keys.length, list.complete, list.keyIdsComplete], [3, false, false]);
    assert.equal(texts.length, 1);
    assert.match(texts[0] ?? '', /^did not list its keys \(AccessDeniedException .*\), and those with the fleet’s tags are known from/);
  });

  it('is listed by KMS’s word on each key where the index may not be asked, which is nothing to tell', async () => {
    const { list, texts, calls } = await listing({ payments: PAYMENTS }, tagged(120), [], false);

    assert.deepEqual([list.keys.length, list.complete, list.keyIdsComplete], [120, true, true]);
    assert.deepEqual([texts, calls.ListResourceTags], [[], 120]);
  });

  it('is listed by KMS’s word on each key where the index is denied, and that is told', async () => {
    const { list, texts } = await listing({ payments: PAYMENTS }, tagged(120), [noIndex()]);

    assert.deepEqual([list.keys.length, list.complete, list.keyIdsComplete], [120, true, true]);
    assert.match(
      texts.join(),
      /^did not tell tags through the Resource Groups Tagging API \(AccessDeniedException .*KMS was asked for those of each key$/,
    );
  });

  it('is listed by KMS’s word too where the index does not answer, in the time of one listing', async () => {
    const { list, texts, tookMs } = await listing({ payments: PAYMENTS }, tagged(10), [
      faultOn('GetResources', () => ({ kind: 'silence' })),
    ]);

    assert.deepEqual([list.keys.length, list.complete], [10, true]);
    assert.match(texts.join(), /Resource Groups Tagging API \(ETIMEDOUT/);
    assert.ok(tookMs < LISTING_MS_MAX / 2, `${tookMs} ms`);
  });

  it('asks KMS only for the tags that a broken answer of the index left open', async () => {
    const { list, calls } = await listing({ payments: PAYMENTS }, tagged(250), [
      faultOn('GetResources', (nth) => (nth >= 3 ? refusal('PaginationTokenExpiredException') : undefined)),
    ]);

    assert.deepEqual([list.keys.length, list.complete, calls.ListResourceTags], [250, true, 50]);
  });

  it('is listed as far as its tags can be read in the time of a listing', async () => {
    const { list, texts, tookMs } = await listing({ payments: PAYMENTS }, tagged(500), [
      noIndex(),
      faultOn('ListResourceTags', () => ({ kind: 'slow', totalMs: 5_000 })),
    ]);

    assert.deepEqual([list.complete, list.keyIds.size, list.keyIdsComplete], [false, 500, true]);
    assert.ok(list.keys.length > 0 && list.keys.length < 500, `${list.keys.length} keys`);
    assert.ok(tookMs < LISTING_MS_MAX + 2 * READ_CALL_MS_MAX, `${tookMs} ms`);
    assert.match(texts.join(), /did not list all of its keys, with their aliases and tags, in the 30 s that it was given/);
  });

  it('is asked again for the tags that could not be read at first', async () => {
    const { list } = await listing({ payments: PAYMENTS }, tagged(10), [
      noIndex(),
      faultOn('ListResourceTags', (nth) => (nth <= 20 ? refusal('KMSInternalException', 500) : undefined)),
    ]);

    assert.deepEqual([list.keys.length, list.complete], [10, true]);
  });

  it('is not listed in full when some tags stay unread, and says of what they failed', async () => {
    const { list, texts } = await listing({ payments: PAYMENTS }, tagged(10), [
      noIndex(),
      faultOn('ListResourceTags', (nth) => (nth % 2 === 0 ? refusal('AccessDeniedException') : undefined)),
    ]);

    assert.deepEqual([list.keys.length, list.complete], [9, false]);
    assert.match(texts.join(), /did not tell the tags of some keys \(AccessDeniedException/);
  });
});

describe('A key that two fleets select', () => {
  const both = (world: KmsWorld) => {
    world.key({ keyId: mrk('1'), tags: { team: 'pay', tier: 'gold' }, aliases: ['alias/payments/1'] });
    world.key({ keyId: mrk('2'), tags: TAGS, aliases: ['alias/payments/2'] });
  };
  const gold = { keys: { tags: { tier: 'gold' } } };

  it('is told of by tags when both select by tags, in one question to the index', async () => {
    const { list } = await listing({ payments: PAYMENTS, gold }, both);

    assert.deepEqual(
      list.keys.map(({ keyId, otherFleets }) => [keyId, otherFleets]),
      [
        [mrk('1'), ['gold']],
        [mrk('2'), []],
      ],
    );
  });

  it('is told of by tags when only the other one selects by tags', async () => {
    const { list } = await listing({ named: { keys: { aliases: ['alias/payments/*'] } }, gold }, both);

    assert.deepEqual(
      list.keys.map(({ otherFleets }) => otherFleets),
      [['gold'], []],
    );
  });

  it('is told of without the index too, and no key is asked for its tags that the fleet does not select', async () => {
    const seed = (world: KmsWorld) => {
      both(world);
      world.key({ tags: { tier: 'gold' } });
    };
    const { list, calls } = await listing({ named: { keys: { aliases: ['alias/payments/*'] } }, gold }, seed, [], false);

    assert.deepEqual(
      list.keys.map(({ otherFleets }) => otherFleets),
      [['gold'], []],
    );
    assert.deepEqual([list.complete, calls.ListResourceTags], [true, 2]);
  });
});
