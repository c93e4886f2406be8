import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import { arnOf, KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

const EncryptionContext = { app: 'orders' };

describe('GenerateDataKey', () => {
  it('gives a key of the length asked for, with and without the plaintext, that decrypts in the other Region', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();

    for (const [size, length] of [
      [{ KeySpec: 'AES_256' }, 32],
      [{ KeySpec: 'AES_128' }, 16],
      [{ NumberOfBytes: 64 }, 64],
    ] as const) {
      const made = await world.run(world.at(SOURCE).generateDataKey({ KeyId, EncryptionContext, ...size }));
      const secret = await world.run(world.at(SOURCE).generateDataKeyWithoutPlaintext({ KeyId, EncryptionContext, ...size }));
      const [opened, openedSecret] = [
        await world.run(world.at(TARGET).decrypt({ CiphertextBlob: made.CiphertextBlob, EncryptionContext })),
        await world.run(world.at(TARGET).decrypt({ CiphertextBlob: secret.CiphertextBlob, EncryptionContext })),
      ];
      assert.equal(made.Plaintext?.length, length);
      assert.deepEqual(opened.Plaintext, made.Plaintext);
      assert.equal(openedSecret.Plaintext?.length, length);
      assert.notDeepEqual(openedSecret.Plaintext, made.Plaintext);
      assert.deepEqual([made.KeyId, 'Plaintext' in secret], [arnOf(KeyId, SOURCE), false]);
      await assert.rejects(world.run(world.at(TARGET).decrypt({ CiphertextBlob: made.CiphertextBlob })), {
        name: 'InvalidCiphertextException',
      });
    }
  });

  it('refuses to guess a length, and keys that are not symmetric', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const kms = world.at(SOURCE);
    const guess = { name: 'ValidationException', message: 'Please specify either number of bytes or key spec.' };

    await assert.rejects(world.run(kms.generateDataKey({ KeyId })), guess);
    await assert.rejects(world.run(kms.generateDataKey({ KeyId, KeySpec: 'AES_128', NumberOfBytes: 16 })), guess);
    const rsa = world.key({ keySpec: 'RSA_2048' });
    await assert.rejects(world.run(kms.generateDataKey({ KeyId: rsa, KeySpec: 'AES_256' })), { name: 'InvalidKeyUsageException' });
    await assert.rejects(world.run(kms.generateDataKey({ KeyId, KeySpec: 'AES_256', DryRun: true })), { name: 'DryRunOperationException' });
  });

  it('refuses an attestation document, which it could not check', async () => {
    const world = new KmsWorld();
    const request = { KeyId: world.key(), KeySpec: 'AES_256', Recipient: { AttestationDocument: Buffer.from('cose') } } as const;

    await assert.rejects(world.run(world.at(SOURCE).generateDataKey(request)), {
      name: 'UnsupportedOperationException',
      message: /Recipient/,
    });
  });
});

describe('GenerateDataKeyPair', () => {
  for (const KeyPairSpec of [
    'ECC_NIST_P256',
    'ECC_NIST_P384',
    'ECC_NIST_P521',
    'ECC_SECG_P256K1',
    'ECC_NIST_EDWARDS25519',
    'RSA_2048',
  ] as const) {
    it(`gives a pair of ${KeyPairSpec} whose halves belong together`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key();

      const made = await world.run(world.at(SOURCE).generateDataKeyPair({ KeyId, KeyPairSpec, EncryptionContext }));
      const opened = await world.run(world.at(TARGET).decrypt({ CiphertextBlob: made.PrivateKeyCiphertextBlob, EncryptionContext }));

      assert.deepEqual(opened.Plaintext, made.PrivateKeyPlaintext);
      const privateKey = createPrivateKey({ key: Buffer.from(made.PrivateKeyPlaintext ?? []), format: 'der', type: 'pkcs8' });
      const publicKey = createPublicKey({ key: Buffer.from(made.PublicKey ?? []), format: 'der', type: 'spki' });
      const hash = KeyPairSpec === 'ECC_NIST_EDWARDS25519' ? null : 'sha256';
      assert.equal(verify(hash, Buffer.from('m'), publicKey, sign(hash, Buffer.from('m'), privateKey)), true);
      assert.deepEqual([made.KeyId, made.KeyPairSpec], [arnOf(KeyId, SOURCE), KeyPairSpec]);
    });
  }

  it('leaves the private half out when asked to, and refuses the specs that it cannot make', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const without = (KeyPairSpec: 'ECC_NIST_P256' | 'SM2' | 'ML_KEM_512') =>
      world.run(world.at(SOURCE).generateDataKeyPairWithoutPlaintext({ KeyId, KeyPairSpec }));

    const made = await without('ECC_NIST_P256');
    assert.deepEqual(['PrivateKeyPlaintext' in made, made.PrivateKeyCiphertextBlob !== undefined], [false, true]);
    await assert.rejects(without('SM2'), { name: 'UnsupportedOperationException' });
    await assert.rejects(without('ML_KEM_512'), { name: 'UnsupportedOperationException' });
  });
});

describe('GenerateRandom', () => {
  it('gives as many bytes as are asked for, other ones each time', async () => {
    const world = new KmsWorld();
    const random = async () => (await world.run(world.at(SOURCE).generateRandom({ NumberOfBytes: 24 }))).Plaintext;

    const [one, other] = [await random(), await random()];

    assert.equal(one?.length, 24);
    assert.notDeepEqual(one, other);
    await assert.rejects(world.run(world.at(SOURCE).generateRandom({ NumberOfBytes: 1_025 })), { name: 'ValidationException' });
    await assert.rejects(world.run(world.at(SOURCE).generateRandom({})), { name: 'ValidationException' });
  });
});
