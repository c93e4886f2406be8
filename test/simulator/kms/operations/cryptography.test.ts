import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { describe, it } from 'node:test';
import type { KeySpec } from '../../../../simulator/kms/keys/key-specs.ts';
import { ACCOUNT, arnOf, KmsWorld, SOURCE, TARGET, THIRD } from '../kms-world.ts';

const Plaintext = Buffer.from('the plaintext');
const Message = Buffer.from('the message');

const dryRun = { name: 'DryRunOperationException', message: 'The request would have succeeded, but the DryRun option is set.' };

describe('A symmetric key', () => {
  it('decrypts in either Region what the other encrypted, and each answer names the local ARN', async () => {
    const world = new KmsWorld();
    const keyId = world.key();

    for (const [here, there] of [
      [SOURCE, TARGET],
      [TARGET, SOURCE],
    ] as const) {
      const sealed = await world.run(world.at(here).encrypt({ KeyId: keyId, Plaintext }));
      const opened = await world.run(world.at(there).decrypt({ CiphertextBlob: sealed.CiphertextBlob, KeyId: keyId }));
      assert.equal(sealed.KeyId, arnOf(keyId, here));
      assert.equal(opened.KeyId, arnOf(keyId, there));
      assert.deepEqual(Buffer.from(opened.Plaintext ?? []), Plaintext);
    }
  });

  it('is found by the ciphertext itself, by key ID, local ARN, alias and alias ARN', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ aliases: ['alias/orders'] });
    const aliasArn = `arn:aws:kms:${TARGET}:${ACCOUNT}:alias/orders`;
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId: 'alias/orders', Plaintext }));

    for (const name of [{}, { KeyId: keyId }, { KeyId: arnOf(keyId, TARGET) }, { KeyId: 'alias/orders' }, { KeyId: aliasArn }]) {
      const opened = await world.run(world.at(TARGET).decrypt({ CiphertextBlob, ...name }));
      assert.equal(opened.KeyId, arnOf(keyId, TARGET));
    }
  });

  it("refuses to decrypt by the other Region's ARN or by another key", async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId: keyId, Plaintext }));

    for (const KeyId of [arnOf(keyId, SOURCE), world.key()]) {
      await assert.rejects(world.run(world.at(TARGET).decrypt({ CiphertextBlob, KeyId })), {
        name: 'IncorrectKeyException',
        message: 'The key ID in the request does not identify a CMK that can perform this operation.',
      });
    }
  });

  it("refuses to encrypt by the other Region's ARN", async () => {
    const world = new KmsWorld();
    const keyId = world.key();

    await assert.rejects(world.run(world.at(TARGET).encrypt({ KeyId: arnOf(keyId, SOURCE), Plaintext })), {
      name: 'NotFoundException',
      message: `Invalid arn ${SOURCE}`,
    });
  });

  it('binds a ciphertext to its encryption context, in whatever order that is given', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const sealed = await world.run(world.at(SOURCE).encrypt({ KeyId: keyId, Plaintext, EncryptionContext: { a: '1', b: '2' } }));
    const decryptUnder = (EncryptionContext: Record<string, string>) =>
      world.run(world.at(TARGET).decrypt({ CiphertextBlob: sealed.CiphertextBlob, EncryptionContext }));

    assert.deepEqual(Buffer.from((await decryptUnder({ b: '2', a: '1' })).Plaintext ?? []), Plaintext);
    for (const wrong of [{}, { a: '1' }, { a: '2', b: '1' }])
      await assert.rejects(decryptUnder(wrong), { name: 'InvalidCiphertextException' });
  });

  it('refuses a ciphertext that was tampered with or is none', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const { CiphertextBlob = new Uint8Array() } = await world.run(world.at(SOURCE).encrypt({ KeyId: keyId, Plaintext }));
    const tampered = CiphertextBlob.with(-1, (CiphertextBlob.at(-1) ?? 0) ^ 1);

    for (const blob of [tampered, Buffer.from('no ciphertext')]) {
      await assert.rejects(world.run(world.at(SOURCE).decrypt({ CiphertextBlob: blob })), { name: 'InvalidCiphertextException' });
    }
  });

  it('is denied to whoever has a ciphertext of a key that is not in this Region', async () => {
    const world = new KmsWorld();
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId: world.key(), Plaintext }));

    await assert.rejects(world.run(world.at(THIRD).decrypt({ CiphertextBlob })), { name: 'AccessDeniedException' });
  });

  it('decrypts in the replica though the primary is disabled or waits for its replicas to be deleted', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId: keyId, Plaintext }));

    for (const state of ['Disabled', 'PendingReplicaDeletion'] as const) {
      world.kms.setState(ACCOUNT, keyId, SOURCE, state);
      await assert.doesNotReject(world.run(world.at(TARGET).decrypt({ CiphertextBlob })));
    }
  });

  it('only says that it would, in a dry run, and refuses one that it would refuse', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId: keyId, Plaintext }));
    const encrypt = () => world.run(world.at(TARGET).encrypt({ KeyId: keyId, Plaintext, DryRun: true }));
    const decrypt = () => world.run(world.at(TARGET).decrypt({ CiphertextBlob, DryRun: true }));

    await assert.rejects(encrypt(), dryRun);
    await assert.rejects(decrypt(), dryRun);
    world.kms.deny(ACCOUNT, keyId, TARGET, ['Encrypt', 'Decrypt']);
    await assert.rejects(encrypt(), { name: 'AccessDeniedException' });
    await assert.rejects(decrypt(), { name: 'AccessDeniedException' });
  });
});

describe('An asymmetric key', () => {
  const signing: ReadonlyArray<
    readonly [KeySpec, 'ECDSA_SHA_256' | 'ECDSA_SHA_384' | 'ECDSA_SHA_512' | 'RSASSA_PSS_SHA_256' | 'RSASSA_PKCS1_V1_5_SHA_512']
  > = [
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['ECC_NIST_P384', 'ECDSA_SHA_384'],
    ['ECC_NIST_P521', 'ECDSA_SHA_512'],
    ['ECC_SECG_P256K1', 'ECDSA_SHA_256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_512'],
  ];

  for (const [keySpec, SigningAlgorithm] of signing) {
    it(`of spec ${keySpec} signs with ${SigningAlgorithm} in one Region what verifies in the other and outside of KMS`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key({ keySpec, keyUsage: 'SIGN_VERIFY' });

      const { Signature } = await world.run(world.at(SOURCE).sign({ KeyId, Message, SigningAlgorithm }));
      const verified = await world.run(world.at(TARGET).verify({ KeyId, Message, Signature, SigningAlgorithm }));

      assert.equal(verified.SignatureValid, true);
      assert.equal(verified.KeyId, arnOf(KeyId, TARGET));
      await assert.rejects(world.run(world.at(TARGET).verify({ KeyId, Message: Plaintext, Signature, SigningAlgorithm })), {
        name: 'KMSInvalidSignatureException',
      });
      if (SigningAlgorithm.startsWith('ECDSA')) {
        const { PublicKey = new Uint8Array() } = await world.run(world.at(TARGET).getPublicKey({ KeyId }));
        const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
        assert.equal(verify(`sha${SigningAlgorithm.slice(-3)}`, Message, key, Signature ?? new Uint8Array()), true);
      }
    });
  }

  it('shows the same public key in both Regions', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });

    const [here, there] = await Promise.all([SOURCE, TARGET].map((region) => world.run(world.at(region).getPublicKey({ KeyId }))));

    assert.deepEqual(here?.PublicKey, there?.PublicKey);
    assert.deepEqual(there?.SigningAlgorithms, ['ECDSA_SHA_256']);
    assert.equal(there?.KeyId, arnOf(KeyId, TARGET));
  });

  for (const EncryptionAlgorithm of ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] as const) {
    it(`of an RSA spec decrypts in the other Region what ${EncryptionAlgorithm} encrypted, and knows how long a plaintext may be`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key({ keySpec: 'RSA_2048', keyUsage: 'ENCRYPT_DECRYPT' });
      const longest = Buffer.alloc(EncryptionAlgorithm === 'RSAES_OAEP_SHA_1' ? 214 : 190, 7);

      const sealed = await world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext: longest, EncryptionAlgorithm }));
      const opened = await world.run(world.at(TARGET).decrypt({ KeyId, CiphertextBlob: sealed.CiphertextBlob, EncryptionAlgorithm }));

      assert.deepEqual(Buffer.from(opened.Plaintext ?? []), longest);
      const tooLong = Buffer.alloc(longest.length + 1);
      await assert.rejects(world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext: tooLong, EncryptionAlgorithm })), {
        name: 'ValidationException',
      });
      const noCiphertext = { KeyId, CiphertextBlob: Buffer.alloc(256, 1), EncryptionAlgorithm };
      await assert.rejects(world.run(world.at(SOURCE).decrypt(noCiphertext)), { name: 'InvalidCiphertextException' });
    });
  }

  it('cannot be found by an RSA ciphertext, which names no key', async () => {
    const world = new KmsWorld();
    const request = { CiphertextBlob: Buffer.alloc(256, 1), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;

    await assert.rejects(world.run(world.at(SOURCE).decrypt(request)), {
      name: 'ValidationException',
      message: 'KeyId is needed to decrypt with RSAES_OAEP_SHA_256.',
    });
  });

  it('only says that it would sign or verify, in a dry run', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });
    const request = { KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256', DryRun: true } as const;

    await assert.rejects(world.run(world.at(TARGET).sign(request)), dryRun);
    await assert.rejects(world.run(world.at(TARGET).verify({ ...request, Signature: Message })), dryRun);
  });
});

describe('An HMAC key', () => {
  for (const bits of [224, 256, 384, 512] as const) {
    it(`of ${bits} bits makes the same code in both Regions, and refuses a wrong one`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key({ keySpec: `HMAC_${bits}`, keyUsage: 'GENERATE_VERIFY_MAC' });
      const MacAlgorithm = `HMAC_SHA_${bits}` as const;

      const made = await world.run(world.at(SOURCE).generateMac({ KeyId, Message, MacAlgorithm }));
      const verified = await world.run(world.at(TARGET).verifyMac({ KeyId, Message, MacAlgorithm, Mac: made.Mac }));

      assert.equal(made.Mac?.length, bits / 8);
      assert.deepEqual([verified.MacValid, verified.KeyId], [true, arnOf(KeyId, TARGET)]);
      for (const Mac of [Buffer.alloc(bits / 8), Buffer.alloc(3)]) {
        await assert.rejects(world.run(world.at(TARGET).verifyMac({ KeyId, Message, MacAlgorithm, Mac })), {
          name: 'KMSInvalidMacException',
        });
      }
    });
  }

  it('only says that it would, in a dry run', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' });
    const request = { KeyId, Message, MacAlgorithm: 'HMAC_SHA_256', DryRun: true } as const;

    await assert.rejects(world.run(world.at(TARGET).generateMac(request)), dryRun);
    await assert.rejects(world.run(world.at(TARGET).verifyMac({ ...request, Mac: Message })), dryRun);
  });
});

describe('A key refuses cryptography', () => {
  it('that is not its usage', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });

    await assert.rejects(world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext })), {
      name: 'InvalidKeyUsageException',
      message: `${arnOf(KeyId, SOURCE)} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
    });
  });

  it('with an algorithm of another spec', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });

    await assert.rejects(world.run(world.at(SOURCE).sign({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_384' })), {
      name: 'InvalidKeyUsageException',
      message: 'Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.',
    });
  });

  it('of a public key that it does not have', async () => {
    const world = new KmsWorld();

    await assert.rejects(world.run(world.at(SOURCE).getPublicKey({ KeyId: world.key() })), { name: 'UnsupportedOperationException' });
  });

  it('on a message hashed beforehand, which this KMS does not know', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });
    const request = { KeyId, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' } as const;

    await assert.rejects(world.run(world.at(SOURCE).sign(request)), { name: 'ValidationException' });
  });
});
