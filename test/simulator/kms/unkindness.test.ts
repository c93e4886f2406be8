import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { quick, unkind } from '../../../simulator/kms/unkindness.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { ACCOUNT, KmsWorld, SOURCE, STARTS_AT, TARGET } from './kms-world.ts';

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
const quantile = (sorted: Float64Array, share: number): number => sorted[Math.floor(share * sorted.length)] ?? Number.NaN;

describe('What a quick KMS draws', () => {
  it('is a settling time of 1 to 3 s, and nothing else to wait for', () => {
    const { latency, settlingMs, staleReadMs, showsTwoReplicas } = quick(new Seeded(7));
    const drawn = draws(1_000, settlingMs);

    assert.ok(Math.min(...drawn) >= 1_000 && Math.max(...drawn) <= 3_000 && Math.min(...drawn) < 1_050 && Math.max(...drawn) > 2_950);
    assert.deepEqual(latency(0), { beforeMs: 0, afterMs: 0 });
    assert.deepEqual([staleReadMs(), showsTwoReplicas()], [0, false]);
  });
});

describe('What an unkind KMS draws', () => {
  it('is a latency of 40 to 250 ms in all, some of it before the effect and some after', () => {
    const { latency } = unkind(new Seeded(7));
    const drawn = draws(5_000, () => latency(0));

    const totals = drawn.map(({ beforeMs, afterMs }) => beforeMs + afterMs);
    assert.ok(Math.min(...totals) >= 40 && Math.max(...totals) <= 250);
    assert.ok(Math.min(...totals) < 45 && Math.max(...totals) > 245);
    assert.ok(drawn.every(({ beforeMs, afterMs }) => beforeMs > 0 && afterMs > 0));
    assert.equal(latency(8_000).beforeMs >= 1_600, true);
  });

  it('is a settling time of 5 s in the median and 25 s in the 99th percentile, with one in a thousand beyond a minute', () => {
    const { settlingMs } = unkind(new Seeded(7));
    const sorted = Float64Array.from(draws(50_000, settlingMs)).sort();

    assert.ok(Math.abs(quantile(sorted, 0.5) - 5_000) < 250, String(quantile(sorted, 0.5)));
    assert.ok(Math.abs(quantile(sorted, 0.99) - 25_000) < 2_500, String(quantile(sorted, 0.99)));
    const lasting = sorted.filter((ms) => ms >= 60_000).length;
    assert.ok(lasting > 25 && lasting < 100, String(lasting));
  });

  it('is a read that is current for the most part, and never older than 5 s', () => {
    const { staleReadMs } = unkind(new Seeded(7));
    const drawn = draws(10_000, staleReadMs);

    assert.ok(Math.max(...drawn) <= 5_000 && Math.max(...drawn) > 4_900);
    const stale = drawn.filter((ms) => ms > 0).length;
    assert.ok(stale > 2_300 && stale < 2_700, String(stale));
  });
});

describe('Reads of an unkind KMS', () => {
  /** What 60 reads in parallel see. */
  const readsOf = async (world: KmsWorld, region: string, KeyId: string) =>
    world.run(Promise.all(draws(60, () => world.at(region).describeKey({ KeyId }))));

  it('show a state of up to 5 s ago, at once both old and new, and only the new one after that', async () => {
    const world = new KmsWorld({ unkindness: 'unkind' });
    const keyId = world.key();
    const seen = async () => new Set((await readsOf(world, SOURCE, keyId)).map(({ KeyMetadata }) => KeyMetadata?.KeyState));
    world.kms.setState(ACCOUNT, keyId, SOURCE, 'Disabled');

    assert.deepEqual(await seen(), new Set(['Disabled', 'Enabled']));
    await world.pass(5_000);
    assert.deepEqual(await seen(), new Set(['Disabled']));
  });

  it('miss a key that was made just now, in DescribeKey and in the lists, and miss it no longer after 5 s', async () => {
    const world = new KmsWorld({ unkindness: 'unkind' });
    const { KeyMetadata } = await world.run(world.at(SOURCE).createKey({ MultiRegion: true }));
    const KeyId = KeyMetadata?.KeyId ?? '';
    await world.run(world.at(SOURCE).createAlias({ AliasName: 'alias/new', TargetKeyId: world.key() }));
    const found = async () => {
      const kms = world.at(SOURCE);
      const described = draws(40, () =>
        kms.describeKey({ KeyId }).then(
          () => 'described',
          ({ name }: Error) => name,
        ),
      );
      const listed = draws(40, () => kms.listKeys({}).then(({ Keys }) => `${Keys?.length} keys`));
      const aliases = draws(40, () => kms.listAliases({}).then(({ Aliases }) => `${Aliases?.length} aliases`));
      return new Set(await world.run(Promise.all([...described, ...listed, ...aliases])));
    };

    assert.deepEqual(await found(), new Set(['described', 'NotFoundException', '2 keys', '1 keys', '1 aliases', '0 aliases']));
    await world.pass(5_000);
    assert.deepEqual(await found(), new Set(['described', '2 keys', '1 aliases']));
  });

  it('may show both keys as replicas while the role moves, and never once it has settled for 5 s', async () => {
    const world = new KmsWorld({ unkindness: 'unkind' });
    const keyId = world.key({ createdMsAgo: 1_000_000 });
    await world.promote(keyId);
    const rolesAtTarget = async () =>
      (await readsOf(world, TARGET, keyId)).map(({ KeyMetadata }) => ({
        state: KeyMetadata?.KeyState,
        type: KeyMetadata?.MultiRegionConfiguration?.MultiRegionKeyType,
        primary: KeyMetadata?.MultiRegionConfiguration?.PrimaryKey?.Region,
      }));

    const moving = await rolesAtTarget();
    assert.ok(moving.some(({ state, type, primary }) => state === 'Updating' && type === 'REPLICA' && primary === SOURCE));
    assert.ok(moving.some(({ state, type, primary }) => state === 'Updating' && type === 'PRIMARY' && primary === TARGET));
    await world.pass(125_000);
    for (const settled of await rolesAtTarget()) assert.deepEqual(settled, { state: 'Enabled', type: 'PRIMARY', primary: TARGET });
  });

  it('are the only stale calls: cryptography and promotions know the truth at once', async () => {
    const world = new KmsWorld({ unkindness: 'unkind' });
    const keyId = world.key();
    world.kms.setState(ACCOUNT, keyId, SOURCE, 'Disabled');

    const kms = world.at(SOURCE);
    for (let call = 0; call < 30; call += 1) {
      await assert.rejects(world.run(kms.encrypt({ KeyId: keyId, Plaintext: Buffer.from('p') })), { name: 'DisabledException' });
    }
    assert.ok(world.clock.now() - STARTS_AT < 30 * 250);
  });
});
