import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { PROMOTE_CALL_MS_MAX, READ_CALL_MS_MAX } from '../../../core/limits.ts';
import { ACCOUNT, arnOf, SOURCE, TARGET, THIRD } from '../../simulator/kms/kms-world.ts';
import { jsonAnswer } from '../../support/answering.ts';
import { mrk } from '../../support/fleet.ts';
import { faultOn, keyAt, kmsAnswering, refusal, simulated } from '../../support/kms.ts';

const silence = { kind: 'silence' } as const;

describe('A described key', () => {
  it('shows its state, its role and its Regions', async () => {
    const { world, kms } = simulated();
    const keyId = world.key({ replicas: [TARGET, THIRD] });

    assert.deepEqual(await world.run(kms.describe(keyAt(keyId, TARGET))), {
      kind: 'seen',
      region: TARGET,
      state: 'Enabled',
      usage: 'ENCRYPT_DECRYPT',
      spec: 'SYMMETRIC_DEFAULT',
      multiRegion: true,
      role: 'REPLICA',
      primaryRegion: SOURCE,
      regions: [SOURCE, THIRD, TARGET],
      algorithms: ['SYMMETRIC_DEFAULT'],
    });
  });

  it('that the Region does not have is a failure with KMS’s words', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();

    assert.deepEqual(await world.run(kms.describe(keyAt(keyId, THIRD))), {
      kind: 'failure',
      code: 'not-found',
      errorName: 'NotFoundException',
      message: `Key '${arnOf(keyId, THIRD)}' does not exist`,
      region: THIRD,
    });
  });

  it('of a Region that is silent is a failure after two attempts of the time that a read has', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('DescribeKey', () => silence)] });
    const keyId = world.key();
    const startedAt = world.clock.now();

    const reply = await world.run(kms.describe(keyAt(keyId, SOURCE)));

    const tookMs = world.clock.now() - startedAt;
    assert.equal(reply.kind === 'failure' && reply.code, 'unreachable');
    assert.ok(tookMs >= 2 * READ_CALL_MS_MAX && tookMs <= 2 * READ_CALL_MS_MAX + 300, String(tookMs));
  });
});

describe('A promotion', () => {
  it('is accepted under the request that KMS names, and moves the key', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();

    const reply = await world.run(kms.promote(keyAt(keyId, SOURCE), keyAt(keyId, TARGET).region));

    assert.equal(reply.kind, 'accepted');
    assert.equal(reply.kind === 'accepted' && reply.requestId, world.kms.trail[0]?.requestID);
    assert.equal(world.truthOf(keyId).regions[TARGET]?.role, 'PRIMARY');
  });

  for (const [title, interference, code] of [
    ['refused for its rate', refusal('ThrottlingException'), 'throttled'],
    ['met by a fault inside KMS', refusal('KMSInternalException', 500), 'internal'],
    ['carried out without a reply', { kind: 'lose-reply', effectAfterGivingUpMs: undefined }, 'unreachable'],
    ['never answered', silence, 'unreachable'],
  ] as const) {
    it(`that is ${title} is sent once and not again`, async () => {
      const { world, kms } = simulated({ makeFaults: () => [faultOn('UpdatePrimaryRegion', () => interference)] });
      const keyId = world.key();

      const reply = await world.run(kms.promote(keyAt(keyId, SOURCE), keyAt(keyId, TARGET).region));

      assert.equal(reply.kind === 'failure' && reply.code, code);
      assert.equal(world.kms.counts().calls.UpdatePrimaryRegion, 1);
    });
  }

  it('that is not answered is given up after the time that it has, and no sooner', async () => {
    const { world, kms } = simulated({ makeFaults: () => [faultOn('UpdatePrimaryRegion', () => silence)] });
    const keyId = world.key();
    const startedAt = world.clock.now();

    await world.run(kms.promote(keyAt(keyId, SOURCE), keyAt(keyId, TARGET).region));

    assert.equal(world.clock.now() - startedAt, PROMOTE_CALL_MS_MAX);
  });

  it('under an unkind KMS moves the key all the same', async () => {
    const { world, kms } = simulated({ unkindness: 'unkind', seed: 7 });
    const keyId = world.key();

    assert.equal((await world.run(kms.promote(keyAt(keyId, SOURCE), keyAt(keyId, TARGET).region))).kind, 'accepted');
    assert.equal(world.truthOf(keyId).regions[TARGET]?.role, 'PRIMARY');
  });
});

describe('Ciphertext of the proof', () => {
  it('made in one Region decrypts in the other, before and after the move', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();
    const made = await world.run(kms.encrypt(keyAt(keyId, SOURCE), 'what was before'));
    assert.ok(made.kind === 'ciphertext');

    const before = await world.run(kms.decrypt(keyAt(keyId, TARGET), made.ciphertext));
    await world.promote(keyId);
    const after = await world.run(kms.decrypt(keyAt(keyId, TARGET), made.ciphertext));

    assert.deepEqual([before, after], Array(2).fill({ kind: 'plaintext', plaintext: 'what was before' }));
  });

  it('of another encryption context is not ours to read', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();
    const { CiphertextBlob = new Uint8Array() } = await world.run(
      world.at(SOURCE).encrypt({ KeyId: keyId, Plaintext: Buffer.from('a customer’s'), EncryptionContext: { tenant: '1' } }),
    );

    const reply = await world.run(kms.decrypt(keyAt(keyId, SOURCE), Buffer.from(CiphertextBlob).toString('base64')));

    assert.equal(reply.kind === 'failure' && reply.code, 'wrong-ciphertext');
  });

  it('of another key is told apart from a refusal', async () => {
    const { world, kms } = simulated();
    const [one, other] = [world.key(), world.key()];
    const made = await world.run(kms.encrypt(keyAt(one, SOURCE), 'text'));
    assert.ok(made.kind === 'ciphertext');

    const reply = await world.run(kms.decrypt(keyAt(other, SOURCE), made.ciphertext));

    assert.equal(reply.kind === 'failure' && reply.code, 'wrong-ciphertext');
  });

  it('of a disabled key is refused with its state', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();
    world.kms.setState(ACCOUNT, keyId, SOURCE, 'Disabled');

    const reply = await world.run(kms.encrypt(keyAt(keyId, SOURCE), 'text'));

    assert.deepEqual(reply.kind === 'failure' && [reply.code, reply.region], ['disabled', SOURCE]);
  });
});

describe('A public key’s digest', () => {
  it('is the same in every Region, and is that of the key that KMS shows', async () => {
    const { world, kms } = simulated();
    const keyId = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });
    const { PublicKey = '' } = await world.run(world.at(SOURCE).getPublicKey({ KeyId: keyId }));

    const digests = await world.run(Promise.all([SOURCE, TARGET].map((code) => kms.publicKeyDigest(keyAt(keyId, code)))));

    const digest = createHash('sha256').update(PublicKey).digest('hex');
    assert.deepEqual(digests, Array(2).fill({ kind: 'digest', digest }));
  });

  it('of a symmetric key is none', async () => {
    const { world, kms } = simulated();

    const reply = await world.run(kms.publicKeyDigest(keyAt(world.key(), SOURCE)));

    assert.equal(reply.kind, 'failure');
  });
});

describe('A rotation', () => {
  it('is not running on a key that merely rotates every year', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();
    await world.run(world.at(SOURCE).enableKeyRotation({ KeyId: keyId }));

    assert.deepEqual(await world.run(kms.rotation(keyAt(keyId, SOURCE))), { kind: 'rotation', running: false });
  });

  it('is running while KMS shows when somebody asked for it', async () => {
    const kms = kmsAnswering(() => jsonAnswer(200, { KeyRotationEnabled: false, OnDemandRotationStartDate: 1_767_225_600 }));

    assert.deepEqual(await kms.rotation(keyAt(mrk('1'), SOURCE)), { kind: 'rotation', running: true });
  });

  it('whose status is denied is a failure', async () => {
    const { world, kms } = simulated();
    const keyId = world.key();
    world.kms.deny(ACCOUNT, keyId, SOURCE, ['GetKeyRotationStatus']);

    const reply = await world.run(kms.rotation(keyAt(keyId, SOURCE)));

    assert.deepEqual(reply.kind === 'failure' && [reply.code, reply.region], ['denied', SOURCE]);
  });
});

describe('Tags', () => {
  it('are those of the key in the Region that is asked', async () => {
    const { world, kms } = simulated();
    const keyId = world.key({ tags: { team: 'payments', empty: '' } });

    assert.deepEqual(await world.run(kms.tags(keyAt(keyId, SOURCE))), { kind: 'tags', tags: { team: 'payments', empty: '' } });
    assert.deepEqual(await world.run(kms.tags(keyAt(keyId, TARGET))), { kind: 'tags', tags: {} });
  });

  it('are all read in one page, since a key has at most 50', async () => {
    const { world, kms } = simulated();
    const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key-${index}`, String(index)]));
    const keyId = world.key({ tags });

    assert.deepEqual(await world.run(kms.tags(keyAt(keyId, SOURCE))), { kind: 'tags', tags });
    assert.equal(world.kms.counts().calls.ListResourceTags, 1);
  });
});
