import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import type { SigningAlgorithmSpec } from '@aws-sdk/client-kms';
import type { KeySpec } from '../../../../simulator/kms/keys/key-specs.ts';
import { KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

const Message = Buffer.from('the message');

const DIGESTS: ReadonlyArray<readonly [KeySpec, SigningAlgorithmSpec]> = [
  ['ECC_NIST_P256', 'ECDSA_SHA_256'],
  ['ECC_NIST_P521', 'ECDSA_SHA_512'],
  ['RSA_2048', 'RSASSA_PSS_SHA_384'],
  ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256'],
];

describe('A digest that the caller has made', () => {
  for (const [keySpec, SigningAlgorithm] of DIGESTS) {
    it(`is signed by ${keySpec} with ${SigningAlgorithm} as the message would be`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key({ keySpec, keyUsage: 'SIGN_VERIFY' });
      const hash = `sha${SigningAlgorithm.slice(-3)}`;
      const digest = { KeyId, Message: createHash(hash).update(Message).digest(), MessageType: 'DIGEST', SigningAlgorithm } as const;

      const { Signature } = await world.run(world.at(SOURCE).sign(digest));

      await assert.doesNotReject(world.run(world.at(TARGET).verify({ ...digest, Signature })));
      await assert.doesNotReject(world.run(world.at(TARGET).verify({ KeyId, Message, SigningAlgorithm, Signature })));
      await assert.rejects(world.run(world.at(SOURCE).verify({ ...digest, Message: Buffer.alloc(digest.Message.length), Signature })), {
        name: 'KMSInvalidSignatureException',
      });
      await assert.rejects(world.run(world.at(SOURCE).sign({ ...digest, Message })), {
        name: 'ValidationException',
        message: `Digest is invalid length for algorithm ${SigningAlgorithm}.`,
      });
    });
  }
});

describe('A key that hashes by itself', () => {
  for (const [keySpec, SigningAlgorithm] of [
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'],
    ['ML_DSA_44', 'ML_DSA_SHAKE_256'],
    ['ML_DSA_65', 'ML_DSA_SHAKE_256'],
    ['ML_DSA_87', 'ML_DSA_SHAKE_256'],
  ] as const) {
    it(`of ${keySpec} signs messages, and no digests`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key({ keySpec, keyUsage: 'SIGN_VERIFY' });
      const request = { KeyId, Message, SigningAlgorithm };

      const { Signature = new Uint8Array() } = await world.run(world.at(SOURCE).sign(request));

      await assert.doesNotReject(world.run(world.at(TARGET).verify({ ...request, Signature })));
      const { PublicKey = new Uint8Array() } = await world.run(world.at(TARGET).getPublicKey({ KeyId }));
      const publicKey = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
      assert.equal(verify(null, Message, publicKey, Signature), true);
      await assert.rejects(world.run(world.at(SOURCE).sign({ ...request, MessageType: 'DIGEST' })), { name: 'ValidationException' });
    });
  }

  it('says which forms of signing it does not have', async () => {
    const world = new KmsWorld();
    const [edwards, mlDsa] = [
      world.key({ keySpec: 'ECC_NIST_EDWARDS25519', keyUsage: 'SIGN_VERIFY' }),
      world.key({ keySpec: 'ML_DSA_44', keyUsage: 'SIGN_VERIFY' }),
    ];
    const kms = world.at(SOURCE);
    const external = { MessageType: 'EXTERNAL_MU', Message: Buffer.alloc(64) } as const;

    for (const [request, name] of [
      [
        { KeyId: edwards, Message: Buffer.alloc(64), MessageType: 'DIGEST', SigningAlgorithm: 'ED25519_PH_SHA_512' },
        'UnsupportedOperationException',
      ],
      [{ KeyId: mlDsa, ...external, SigningAlgorithm: 'ML_DSA_SHAKE_256' }, 'UnsupportedOperationException'],
      [{ KeyId: edwards, ...external, SigningAlgorithm: 'ED25519_SHA_512' }, 'ValidationException'],
    ] as const) {
      await assert.rejects(world.run(kms.sign(request)), { name });
    }
  });
});
