import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LISTING_MS_MAX } from '../../../core/limits.ts';
import { accountId, region } from '../../../core/region.ts';
import { ACCOUNT, type KmsWorld, OTHER_ACCOUNT, SOURCE, TARGET, THIRD } from '../../simulator/kms/kms-world.ts';
import { jsonAnswer } from '../../support/answering.ts';
import { mrk } from '../../support/fleet.ts';
import { faultOn, kmsAnswering, refusal, simulated } from '../../support/kms.ts';

const account = accountId(ACCOUNT);
const source = region(SOURCE);

const manyKeys = (world: KmsWorld, count: number): string[] =>
  Array.from({ length: count }, (_, index) => world.key({ keyId: mrk(String(index)), replicas: [] }));

describe('A listing of keys', () => {
  it('has every multi-Region key of the account in the Region, over as many pages as there are', async () => {
    const { world, kms } = simulated();
    const keyIds = manyKeys(world, 2_500);
    world.key({ account: OTHER_ACCOUNT });

    const listing = await world.run(kms.listKeys(account, source, LISTING_MS_MAX));

    assert.ok(listing.kind === 'listed');
    assert.deepEqual(listing.keyIds.toSorted(), keyIds.toSorted());
    assert.equal(listing.complete, true);
    assert.equal(world.kms.counts().calls.ListKeys, 3);
  });

  it('has replicas as well as primaries, and no single-Region key', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();
    world.key({ keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', primary: TARGET, replicas: [] });

    assert.deepEqual(await world.run(kms.listKeys(account, region(TARGET), LISTING_MS_MAX)), {
      kind: 'listed',
      keyIds: [keyId],
      complete: true,
    });
  });

  it('of a Region without keys is complete and empty', async () => {
    const { world, kms } = simulated();

    assert.deepEqual(await world.run(kms.listKeys(account, region(THIRD), LISTING_MS_MAX)), { kind: 'listed', keyIds: [], complete: true });
  });

  it('is cut short when its time is up, and says so', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('ListKeys', () => ({ kind: 'slow', totalMs: 2_000 }))] });
    manyKeys(world, 4_500);

    const listing = await world.run(kms.listKeys(account, source, 3_000));

    assert.deepEqual(listing.kind === 'listed' && [listing.keyIds.length, listing.complete], [2_000, false]);
  });

  it('asks for one page at least, however little time it has', async () => {
    const { world, kms } = simulated();
    manyKeys(world, 3);

    const listing = await world.run(kms.listKeys(account, source, 0));

    assert.deepEqual(listing.kind === 'listed' && [listing.keyIds.length, listing.complete], [3, true]);
  });

  it('that fails at its first page is a failure', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('ListKeys', () => refusal('AccessDeniedException'))] });

    const listing = await world.run(kms.listKeys(account, source, LISTING_MS_MAX));

    assert.equal(listing.kind === 'failure' && listing.code, 'denied');
  });

  it('asks for a page again that failed, since a Region in trouble answers some calls', async () => {
    const { world, kms } = simulated({
      makeFaults: () => [faultOn('ListKeys', (nth) => (nth <= 4 ? refusal('KMSInternalException', 500) : undefined))],
    });
    manyKeys(world, 1_500);

    const listing = await world.run(kms.listKeys(account, source, LISTING_MS_MAX));

    assert.deepEqual(listing.kind === 'listed' && [listing.keyIds.length, listing.complete], [1_500, true]);
  });

  it('asks no more for a page that failed when its time is up', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('ListKeys', () => ({ kind: 'silence' }))] });

    await world.run(kms.listKeys(account, source, 10_000));

    assert.equal(world.kms.counts().calls.ListKeys, 2);
  });

  it('that is denied is not asked for again', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('ListKeys', () => refusal('AccessDeniedException'))] });

    await world.run(kms.listKeys(account, source, LISTING_MS_MAX));

    assert.equal(world.kms.counts().calls.ListKeys, 1);
  });

  it('that fails at a later page has what it has', async () => {
    const { world, kms } = simulated({
      makeFaults: () => [faultOn('ListKeys', (nth) => (nth > 1 ? refusal('KMSInternalException', 500) : undefined))],
    });
    manyKeys(world, 1_500);

    const listing = await world.run(kms.listKeys(account, source, LISTING_MS_MAX));

    assert.deepEqual(listing.kind === 'listed' && [listing.keyIds.length, listing.complete], [1_000, false]);
  });
});

describe('A listing of aliases', () => {
  it('has the aliases of every key by its ID, over as many pages as there are', async () => {
    const { world, kms } = simulated();
    const aliases = Array.from({ length: 250 }, (_, index) => `alias/payments/${String(index).padStart(3, '0')}`);
    const keyId = world.key({ aliases });
    const other = world.key({ aliases: ['alias/orders'] });
    world.key();

    const listing = await world.run(kms.listAliases(account, source, LISTING_MS_MAX));

    assert.deepEqual(listing, {
      kind: 'listed',
      aliases: new Map([
        [other, ['alias/orders']],
        [keyId, aliases],
      ]),
      complete: true,
    });
    assert.equal(world.kms.counts().calls.ListAliases, 3);
  });

  it('leaves out the aliases that AWS keeps for keys which do not exist yet', async () => {
    const kms = kmsAnswering(() =>
      jsonAnswer(200, { Aliases: [{ AliasName: 'alias/aws/ebs' }, { AliasName: 'alias/a', TargetKeyId: mrk('1') }], Truncated: false }),
    );

    assert.deepEqual(await kms.listAliases(account, source, LISTING_MS_MAX), {
      kind: 'listed',
      aliases: new Map([[mrk('1'), ['alias/a']]]),
      complete: true,
    });
  });

  it('is cut short when its time is up, and says so', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('ListAliases', () => ({ kind: 'slow', totalMs: 2_000 }))] });
    world.key({ aliases: Array.from({ length: 250 }, (_, index) => `alias/${index}`) });

    const listing = await world.run(kms.listAliases(account, source, 1_000));

    assert.equal(listing.kind === 'listed' && listing.complete, false);
  });

  it('that fails at its first page is a failure', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('ListAliases', () => ({ kind: 'silence' }))] });

    const listing = await world.run(kms.listAliases(account, source, LISTING_MS_MAX));

    assert.equal(listing.kind === 'failure' && listing.code, 'unreachable');
  });
});
