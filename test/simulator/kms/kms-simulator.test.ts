import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HttpRequest } from '@smithy/core/protocols';
import { StaleReads } from '../../../simulator/faults/stale-reads.ts';
import { ACCOUNT, KmsWorld, SOURCE, STARTS_AT, TARGET, THIRD, type WorldOptions } from './kms-world.ts';

describe('seedKey', () => {
  it('puts a settled key in place, with its aliases in every Region and its tags on the primary only', async () => {
    const world = new KmsWorld({ unkindness: 'unkind' });
    const KeyId = world.key({ replicas: [TARGET, THIRD], aliases: ['alias/orders'], tags: { team: 'blue' }, createdMsAgo: 60_000 });

    for (const [region, tags] of [
      [SOURCE, [{ TagKey: 'team', TagValue: 'blue' }]],
      [TARGET, []],
      [THIRD, []],
    ] as const) {
      const { KeyMetadata } = await world.run(world.at(region).describeKey({ KeyId: 'alias/orders' }));
      assert.deepEqual([KeyMetadata?.KeyId, KeyMetadata?.KeyState], [KeyId, 'Enabled']);
      assert.deepEqual(KeyMetadata?.CreationDate, new Date(STARTS_AT - 60_000));
      assert.deepEqual((await world.run(world.at(region).listResourceTags({ KeyId }))).Tags, tags);
    }
  });

  it('refuses a key that KMS could not have', () => {
    const world = new KmsWorld();

    for (const [seed, message] of [
      [{ keySpec: 'HMAC_256' }, /a usage that HMAC_256 has, got ENCRYPT_DECRYPT/],
      [{ replicas: [SOURCE] }, /a primary and replicas in different Regions/],
      [{ keyId: '12345678-1234-1234-1234-123456789012' }, /no replicas for the single-Region key/],
      [{ aliases: ['orders'] }, /aliases that begin with alias\/ and not with alias\/aws\/, got orders/],
      [{ aliases: ['alias/aws/s3'] }, /and not with alias\/aws\/, got alias\/aws\/s3/],
      [{ tags: { 'AWS:owner': 'me' } }, /tags that do not begin with aws:, got AWS:owner/],
      [{ replicas: ['sa-east-1'] }, /one of the accounts and Regions of this simulated KMS/],
      [{ account: '999999999999' }, /one of the accounts and Regions of this simulated KMS/],
    ] as const) {
      assert.throws(() => world.key(seed), { name: 'RangeError', message });
    }
    assert.deepEqual(world.kms.truth().keys, []);
    const keyId = world.key();
    assert.throws(() => world.key({ keyId }), { message: `Expected a new key ID, got ${keyId}, which account ${ACCOUNT} has already.` });
    world.key({ aliases: ['alias/orders'] });
    assert.throws(() => world.key({ primary: TARGET, replicas: [], aliases: ['alias/orders'] }), {
      name: 'RangeError',
      message: `Expected new aliases, got alias/orders, which account ${ACCOUNT} has in ${TARGET} already.`,
    });
  });
});

describe('truth', () => {
  it('tells what is so, as plain JSON, whatever reads may show', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    world.kms.deny(ACCOUNT, keyId, TARGET, ['Encrypt']);
    world.kms.setState(ACCOUNT, keyId, TARGET, 'Disabled');

    const truth = {
      promotionsAccepted: 0,
      keys: [
        {
          account: ACCOUNT,
          keyId,
          keySpec: 'SYMMETRIC_DEFAULT',
          keyUsage: 'ENCRYPT_DECRYPT',
          multiRegion: true,
          promotionsAccepted: 0,
          regions: {
            [SOURCE]: { role: 'PRIMARY', state: 'Enabled', primaryRegion: SOURCE, denied: [] },
            [TARGET]: { role: 'REPLICA', state: 'Disabled', primaryRegion: SOURCE, denied: ['Encrypt'] },
          },
        },
      ],
    };
    assert.deepEqual(JSON.parse(JSON.stringify(world.kms.truth())), truth);
    world.kms.deny(ACCOUNT, keyId, TARGET, []);
    assert.deepEqual(world.truthOf(keyId).regions[TARGET]?.denied, []);
  });

  it('cannot be changed for a key that is not there', () => {
    const world = new KmsWorld();
    const keyId = world.key();

    assert.throws(() => world.kms.setState(ACCOUNT, keyId, THIRD, 'Disabled'), {
      message: `Expected key ${keyId} to exist in ${THIRD}, but it does not.`,
    });
    assert.throws(() => world.kms.deny(ACCOUNT, 'mrk-none', SOURCE, []), /Expected a key of account/);
  });
});

describe('counts', () => {
  it('tells calls by operation and Region, what was throttled, and the most calls in flight', async () => {
    const world = new KmsWorld({ unkindness: 'unkind' });
    const keyIds = Array.from({ length: 12 }, () => world.key());
    await world.run(Promise.all(keyIds.map((KeyId) => world.at(SOURCE).describeKey({ KeyId }))));
    await world.run(world.at(TARGET).describeKey({ KeyId: keyIds[0] }));
    await world.run(Promise.allSettled(keyIds.map((KeyId) => world.at(SOURCE).updatePrimaryRegion({ KeyId, PrimaryRegion: TARGET }))));

    const { calls, callsByRegion, throttled, inFlightMax, faults } = world.kms.counts();

    assert.deepEqual(calls, { DescribeKey: 13, UpdatePrimaryRegion: 12 });
    assert.deepEqual(callsByRegion, { DescribeKey: { [SOURCE]: 12, [TARGET]: 1 }, UpdatePrimaryRegion: { [SOURCE]: 12 } });
    assert.equal(throttled.UpdatePrimaryRegion, 12 - world.kms.truth().promotionsAccepted);
    assert.ok(world.kms.truth().promotionsAccepted >= 2);
    assert.equal(inFlightMax, 12);
    assert.deepEqual(faults, {});
  });
});

describe('A request handler', () => {
  it('gives up exactly when its time is over, while the call is carried out all the same', async () => {
    const world = new KmsWorld({ unkindness: 'unkind', requestTimeoutMs: 39 });
    const keyId = world.key();

    await assert.rejects(world.promote(keyId), { name: 'TimeoutError', code: 'ETIMEDOUT' });

    assert.equal(world.clock.now(), STARTS_AT + 39);
    await world.pass(250);
    assert.equal(world.kms.truth().promotionsAccepted, 1);
    assert.equal(world.kms.counts().inFlightMax, 1);
  });

  it('answers within 40 to 250 ms, with the request ID in the metadata', async () => {
    const world = new KmsWorld({ unkindness: 'unkind' });

    const { $metadata } = await world.run(world.at(SOURCE).listKeys({}));

    const tookMs = world.clock.now() - STARTS_AT;
    assert.ok(tookMs >= 40 && tookMs <= 250, String(tookMs));
    assert.match($metadata.requestId ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('speaks awsJson1.1 with whoever sends it a request, and refuses what is no JSON', async () => {
    const world = new KmsWorld();
    const handler = world.kms.requestHandler({ account: ACCOUNT, region: SOURCE, requestTimeoutMs: 1_000 });
    const headers = { 'X-Amz-Target': 'TrentService.ListKeys' };
    const post = async (body: string) => (await world.run(handler.handle(new HttpRequest({ method: 'POST', headers, body })))).response;

    const [good, bad] = [await post('{}'), await post('{')];

    assert.deepEqual([good.statusCode, JSON.parse(String(good.body))], [200, { Keys: [], Truncated: false }]);
    assert.equal(good.headers['content-type'], 'application/x-amz-json-1.1');
    assert.deepEqual(
      [bad.statusCode, JSON.parse(String(bad.body))],
      [400, { __type: 'SerializationException', message: 'The body of the request is not JSON.' }],
    );
  });

  it('is refused without a timeout, and for a Region that the world does not have', () => {
    const { kms } = new KmsWorld();

    for (const requestTimeoutMs of [0, -1, Number.NaN]) {
      assert.throws(() => kms.requestHandler({ account: ACCOUNT, region: SOURCE, requestTimeoutMs }), { name: 'RangeError' });
    }
    assert.throws(() => kms.requestHandler({ account: ACCOUNT, region: 'sa-east-1', requestTimeoutMs: 1 }), { name: 'RangeError' });
  });
});

describe('A seed', () => {
  /** A busy minute: what was asked, when the answer came, and what it was. */
  const trace = async (options: WorldOptions): Promise<readonly string[]> => {
    const world = new KmsWorld({ unkindness: 'unkind', ...options });
    const lines: string[] = [];
    const note = async (what: string, asked: Promise<{ $metadata: object }>) => {
      const answer = await asked.then(
        ({ $metadata: _, ...body }) => JSON.stringify(body),
        (error: Error) => error.name,
      );
      lines.push(`${world.clock.now() - STARTS_AT} ${what} ${answer}`);
    };
    const follow = async (KeyId: string, index: number) => {
      await world.clock.sleep(index * 130);
      await note('promote', world.at(SOURCE).updatePrimaryRegion({ KeyId, PrimaryRegion: TARGET }));
      for (let read = 0; read < 10; read += 1) {
        await note('describe', world.at(TARGET).describeKey({ KeyId }));
        await world.clock.sleep(1_000);
      }
    };
    await world.run(Promise.all(Array.from({ length: 20 }, () => world.key()).map(follow)));
    return lines;
  };

  it('replays exactly', async () => {
    assert.deepEqual(await trace({ seed: 'the same' }), await trace({ seed: 'the same' }));
    assert.notDeepEqual(await trace({ seed: 'the same' }), await trace({ seed: 'another' }));
  });

  it('draws the same latencies and settling times when a fault is switched on', async () => {
    const moments = (lines: readonly string[]) => lines.map((line) => line.split(' ').slice(0, 2));
    const makeFaults: WorldOptions['makeFaults'] = (clock, random) => [
      new StaleReads({ clock, random, source: SOURCE, target: TARGET, keyCount: 20 }),
    ];

    const [without, withFault] = [await trace({}), await trace({ makeFaults })];

    assert.deepEqual(moments(withFault), moments(without));
    assert.notDeepEqual(withFault, without);
  });
});
