import assert from 'node:assert/strict';
import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { arnOf, KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

const CURVES = { ECC_NIST_P256: 'prime256v1', ECC_NIST_P384: 'secp384r1', ECC_NIST_P521: 'secp521r1' } as const;
const spki = { type: 'spki', format: 'der' } as const;

describe('DeriveSharedSecret', () => {
  for (const [keySpec, namedCurve] of Object.entries(CURVES) as Array<[keyof typeof CURVES, string]>) {
    it(`agrees by ${keySpec}, in either Region, with somebody outside of KMS`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key({ keySpec, keyUsage: 'KEY_AGREEMENT' });
      const peer = generateKeyPairSync('ec', { namedCurve });
      const { PublicKey = new Uint8Array(), KeyAgreementAlgorithms } = await world.run(world.at(SOURCE).getPublicKey({ KeyId }));
      const publicKey = createPublicKey({ key: Buffer.from(PublicKey), ...spki });

      const { $metadata, ...derived } = await world.run(
        world.at(TARGET).deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: peer.publicKey.export(spki) }),
      );

      const SharedSecret = new Uint8Array(diffieHellman({ privateKey: peer.privateKey, publicKey }));
      assert.deepEqual(
        { ...derived, SharedSecret: new Uint8Array(derived.SharedSecret ?? []) },
        { KeyId: arnOf(KeyId, TARGET), SharedSecret, KeyAgreementAlgorithm: 'ECDH', KeyOrigin: 'AWS_KMS' },
      );
      assert.deepEqual(KeyAgreementAlgorithms, ['ECDH']);
    });
  }

  it('refuses public keys of another curve and of none', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'KEY_AGREEMENT' });
    const others = [generateKeyPairSync('ec', { namedCurve: 'secp384r1' }), generateKeyPairSync('ed25519')].map(({ publicKey }) =>
      publicKey.export(spki),
    );

    for (const PublicKey of [...others, Buffer.from('nonsense')]) {
      await assert.rejects(world.run(world.at(SOURCE).deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey })), {
        name: 'ValidationException',
        message: /on the curve prime256v1/,
      });
    }
  });
});
