import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyView } from '../../../core/key/key.ts';
import type { KeySeed } from '../../../simulator/kms/seeding.ts';
import { ACCOUNT, SOURCE, TARGET, THIRD } from '../../simulator/kms/kms-world.ts';
import { jsonAnswer } from '../../support/answering.ts';
import { mrk } from '../../support/fleet.ts';
import { faultOn, keyAt, kmsAnswering, refusal, simulated } from '../../support/kms.ts';

interface Kind {
  readonly seed: Pick<KeySeed, 'keySpec' | 'keyUsage'>;
  /** The calls that rehearse it, and those that use it in earnest. */
  readonly rehearsed: readonly string[];
  readonly real: readonly string[];
}

const kinds: readonly Kind[] = [
  { seed: { keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' }, rehearsed: ['Encrypt'], real: [] },
  { seed: { keySpec: 'RSA_2048', keyUsage: 'ENCRYPT_DECRYPT' }, rehearsed: ['Encrypt'], real: [] },
  { seed: { keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' }, rehearsed: ['Sign'], real: ['Sign', 'Verify'] },
  { seed: { keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' }, rehearsed: ['Sign'], real: ['Sign', 'Verify'] },
  { seed: { keySpec: 'ECC_NIST_P384', keyUsage: 'SIGN_VERIFY' }, rehearsed: ['Sign'], real: ['Sign', 'Verify'] },
  { seed: { keySpec: 'ECC_SECG_P256K1', keyUsage: 'SIGN_VERIFY' }, rehearsed: ['Sign'], real: ['Sign', 'Verify'] },
  { seed: { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' }, rehearsed: ['GenerateMac'], real: ['GenerateMac', 'VerifyMac'] },
  { seed: { keySpec: 'HMAC_512', keyUsage: 'GENERATE_VERIFY_MAC' }, rehearsed: ['GenerateMac'], real: ['GenerateMac', 'VerifyMac'] },
];

/** Kinds of key that one party alone cannot use: their public key is all that they show. */
const silentUsages = ['KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'] as const;

const seeded = async (seed: Kind['seed'], options: Parameters<typeof simulated>[0] = {}) => {
  const { world, kms } = simulated(options);
  const keyId = world.key(seed);
  const view = await world.run(kms.describe(keyAt(keyId, TARGET)));
  assert.ok(view.kind === 'seen');
  const called = (): string[] => Object.keys(world.kms.counts().calls).filter((operation) => operation !== 'DescribeKey');
  return { world, kms, keyId, view, called };
};

for (const { seed, rehearsed, real } of kinds) {
  describe(`A key for ${seed.keyUsage} of the spec ${seed.keySpec}`, () => {
    it(`is rehearsed by a DryRun of ${rehearsed}, which leaves nothing behind`, async () => {
      const { world, kms, keyId, view, called } = await seeded(seed);

      assert.deepEqual(await world.run(kms.rehearse(keyAt(keyId, TARGET), view)), { kind: 'allowed' });
      assert.deepEqual(called(), rehearsed);
    });

    it('is not allowed where its policy denies that', async () => {
      const { world, kms, keyId, view } = await seeded(seed);
      world.kms.deny(ACCOUNT, keyId, TARGET, ['Encrypt', 'Sign', 'GenerateMac']);

      const reply = await world.run(kms.rehearse(keyAt(keyId, TARGET), view));

      assert.deepEqual(reply.kind === 'failure' && [reply.code, reply.region], ['denied', TARGET]);
    });

    it('is not usable where it is disabled', async () => {
      const { world, kms, keyId, view } = await seeded(seed);
      world.kms.setState(ACCOUNT, keyId, TARGET, 'Disabled');

      const reply = await world.run(kms.rehearse(keyAt(keyId, TARGET), view));

      assert.equal(reply.kind === 'failure' && reply.code, 'disabled');
    });

    it(`is used in earnest by ${real.length === 0 ? 'nothing here: decryption proves it' : real.join(' and ')}`, async () => {
      const { world, kms, keyId, view, called } = await seeded(seed);

      assert.deepEqual(await world.run(kms.signAndVerify(keyAt(keyId, TARGET), view)), { kind: 'valid' });
      assert.deepEqual(called(), real);
    });
  });
}

/** What the calls of a rehearsal or of a real use say on the wire. */
const bodiesOf = async (use: (kms: ReturnType<typeof kmsAnswering>) => Promise<unknown>): Promise<Array<Record<string, unknown>>> => {
  const bodies: Array<Record<string, unknown>> = [];
  const kms = kmsAnswering(({ body }) => {
    bodies.push(JSON.parse(body));
    return jsonAnswer(200, { Signature: 'c2ln', Mac: 'bWFj' });
  });
  await use(kms);
  return bodies;
};

describe('Rehearsal and real use', () => {
  for (const [usage, algorithm] of [
    ['SIGN_VERIFY', 'ECDSA_SHA_256'],
    ['GENERATE_VERIFY_MAC', 'HMAC_SHA_256'],
    ['ENCRYPT_DECRYPT', 'RSAES_OAEP_SHA_256'],
  ] as const) {
    const nature = { usage, spec: 'any', algorithms: [algorithm, 'another'] };

    it(`of a key for ${usage} ask for a DryRun and for none, with the first algorithm that the key offers`, async () => {
      const rehearsed = await bodiesOf((kms) => kms.rehearse(keyAt(mrk('1'), TARGET), nature));
      const real = await bodiesOf((kms) => kms.signAndVerify(keyAt(mrk('1'), TARGET), nature));

      assert.deepEqual(
        rehearsed.map(({ DryRun }) => DryRun),
        [true],
      );
      assert.ok(real.every((body) => !('DryRun' in body)));
      for (const body of [...rehearsed, ...real]) assert.ok(Object.values(body).includes(algorithm), JSON.stringify(body));
    });
  }

  it('check the very signature and the very MAC that were made', async () => {
    const [, verify] = await bodiesOf((kms) =>
      kms.signAndVerify(keyAt(mrk('1'), TARGET), { usage: 'SIGN_VERIFY', spec: 'any', algorithms: ['ECDSA_SHA_256'] }),
    );
    const [, verifyMac] = await bodiesOf((kms) =>
      kms.signAndVerify(keyAt(mrk('1'), TARGET), { usage: 'GENERATE_VERIFY_MAC', spec: 'any', algorithms: ['HMAC_SHA_256'] }),
    );

    assert.deepEqual([verify?.Signature, verifyMac?.Mac], ['c2ln', 'bWFj']);
  });

  for (const usage of silentUsages) {
    it(`make no call for a key for ${usage}`, async () => {
      const { kms, keyId, called } = await seeded({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });
      const nature = { usage, spec: 'ECC_NIST_P256', algorithms: [] };

      assert.deepEqual(await kms.rehearse(keyAt(keyId, TARGET), nature), { kind: 'allowed' });
      assert.deepEqual(await kms.signAndVerify(keyAt(keyId, TARGET), nature), { kind: 'valid' });
      assert.deepEqual(called(), []);
    });
  }

  for (const [usage, what] of [
    ['ENCRYPT_DECRYPT', 'encryption'],
    ['SIGN_VERIFY', 'signing'],
    ['GENERATE_VERIFY_MAC', 'MAC'],
  ] as const satisfies ReadonlyArray<readonly [KeyView['usage'], string]>) {
    it(`do not pass a key for ${usage} of which no algorithm is known`, async () => {
      const { kms, keyId } = await seeded({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });

      const reply = await kms.rehearse(keyAt(keyId, TARGET), { usage, spec: 'NEW_SPEC', algorithms: [] });

      assert.deepEqual(reply.kind === 'failure' && [reply.code, reply.message], [
        'refused',
        `No ${what} algorithm is known for a key of usage ${usage} and spec NEW_SPEC.`,
      ]);
    });
  }

  it('of a key that its Region does not have are failures', async () => {
    const { world, kms, keyId, view } = await seeded({ keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' });

    const replies = await world.run(Promise.all([kms.rehearse(keyAt(keyId, THIRD), view), kms.signAndVerify(keyAt(keyId, THIRD), view)]));

    assert.deepEqual(
      replies.map((reply) => reply.kind === 'failure' && reply.code),
      ['not-found', 'not-found'],
    );
  });

  for (const [operation, errorName, seed] of [
    ['Verify', 'KMSInvalidSignatureException', { keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' }],
    ['VerifyMac', 'KMSInvalidMacException', { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' }],
  ] as const) {
    it(`tell a result that does not check (${errorName}) from a refusal: the key is wrong`, async () => {
      const { world, kms, keyId, view } = await seeded(seed, { makeFaults: () => [faultOn(operation, () => refusal(errorName))] });

      const reply = await world.run(kms.signAndVerify(keyAt(keyId, SOURCE), view));

      assert.equal(reply.kind === 'failure' && reply.code, 'wrong-ciphertext');
    });
  }
});

describe('Real use under an unkind KMS', () => {
  for (const { seed } of kinds) {
    it(`proves a key for ${seed.keyUsage} of the spec ${seed.keySpec} after its move`, async () => {
      const { world, kms, keyId, view } = await seeded(seed, { unkindness: 'unkind', seed: 3 });
      await world.promote(keyId);

      const replies = await world.run(
        Promise.all([kms.rehearse(keyAt(keyId, TARGET), view), kms.signAndVerify(keyAt(keyId, TARGET), view)]),
      );

      assert.deepEqual(replies, [{ kind: 'allowed' }, { kind: 'valid' }]);
    });
  }
});
