import assert from 'node:assert/strict';
import { constants, createCipheriv, createPublicKey, generateKeyPairSync, publicEncrypt, randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { AlgorithmSpec, CreateKeyRequest, ImportKeyMaterialRequest } from '@aws-sdk/client-kms';
import { arnOf, KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

const DAY_MS = 86_400_000;
const Plaintext = Buffer.from('the plaintext');
const FOR_GOOD = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' } as const;

const oaep = (hash: string, publicKey: Uint8Array, secret: Buffer): Buffer => {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash }, secret);
};

/** As the developer guide tells it to people with OpenSSL: an AES key that wraps the material, wrapped by RSA. */
const wrap = (algorithm: AlgorithmSpec, publicKey: Uint8Array, material: Buffer): Buffer => {
  const hash = algorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
  if (algorithm.startsWith('RSAES')) return oaep(hash, publicKey, material);
  const aesKey = randomBytes(32);
  const cipher = createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([oaep(hash, publicKey, aesKey), cipher.update(material), cipher.final()]);
};

interface Import extends Partial<ImportKeyMaterialRequest> {
  readonly region?: string;
  readonly algorithm?: AlgorithmSpec;
}

const importInto = async (world: KmsWorld, KeyId: string, material: Buffer, given: Import = {}) => {
  const { region = SOURCE, algorithm = 'RSAES_OAEP_SHA_256', ...request } = given;
  // One set of parameters in four seconds is all that the quota bears.
  await world.pass(4_000);
  const kms = world.at(region);
  const parameters = await world.run(kms.getParametersForImport({ KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec: 'RSA_2048' }));
  const { ImportToken, PublicKey = new Uint8Array() } = parameters;
  const EncryptedKeyMaterial = wrap(algorithm, PublicKey, material);
  return world.run(kms.importKeyMaterial({ KeyId, ImportToken, EncryptedKeyMaterial, ...FOR_GOOD, ...request }));
};

const create = async (world: KmsWorld, more: CreateKeyRequest = {}): Promise<string> => {
  const { KeyMetadata } = await world.run(world.at(SOURCE).createKey({ Origin: 'EXTERNAL', ...more }));
  assert.deepEqual([KeyMetadata?.KeyState, KeyMetadata?.Origin, KeyMetadata?.Enabled], ['PendingImport', 'EXTERNAL', false]);
  return KeyMetadata?.KeyId ?? '';
};

const describeIn = async (world: KmsWorld, KeyId: string, region = SOURCE) => {
  const { KeyMetadata } = await world.run(world.at(region).describeKey({ KeyId }));
  assert.ok(KeyMetadata);
  return KeyMetadata;
};

describe('A key whose material is imported', () => {
  for (const algorithm of ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256'] as const) {
    it(`encrypts from the import on, wrapped by ${algorithm}`, async () => {
      const world = new KmsWorld();
      const KeyId = await create(world);
      await assert.rejects(world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext })), {
        name: 'KMSInvalidStateException',
        message: `${arnOf(KeyId, SOURCE)} is pending import.`,
      });

      const { KeyMaterialId } = await importInto(world, KeyId, randomBytes(32), { algorithm });

      const { KeyState, ExpirationModel, ValidTo, CurrentKeyMaterialId } = await describeIn(world, KeyId);
      assert.deepEqual([KeyState, ExpirationModel, ValidTo], ['Enabled', 'KEY_MATERIAL_DOES_NOT_EXPIRE', undefined]);
      assert.equal(CurrentKeyMaterialId, KeyMaterialId);
      await assert.doesNotReject(world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext })));
    });
  }

  it('signs with the very pair that was imported', async () => {
    const world = new KmsWorld();
    const KeyId = await create(world, { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'der' });

    await importInto(world, KeyId, pkcs8, { algorithm: 'RSA_AES_KEY_WRAP_SHA_256' });

    const { PublicKey } = await world.run(world.at(SOURCE).getPublicKey({ KeyId }));
    assert.deepEqual(Buffer.from(PublicKey ?? []), publicKey.export({ type: 'spki', format: 'der' }));
  });

  it('waits for an import again once its material is deleted or has expired, and takes back no other', async () => {
    const world = new KmsWorld();
    const KeyId = await create(world);
    const material = randomBytes(32);
    await importInto(world, KeyId, material);
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext }));

    await world.run(world.at(SOURCE).deleteImportedKeyMaterial({ KeyId }));
    assert.equal((await describeIn(world, KeyId)).KeyState, 'PendingImport');
    await assert.rejects(importInto(world, KeyId, randomBytes(32)), { name: 'IncorrectKeyMaterialException' });
    const ValidTo = new Date(world.clock.now() + 2 * DAY_MS);
    await importInto(world, KeyId, material, { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo });

    assert.deepEqual((await describeIn(world, KeyId)).ValidTo, ValidTo);
    const { Plaintext: opened } = await world.run(world.at(SOURCE).decrypt({ CiphertextBlob }));
    assert.deepEqual(Buffer.from(opened ?? []), Plaintext);
    await world.pass(2 * DAY_MS);
    assert.equal((await describeIn(world, KeyId)).KeyState, 'PendingImport');
  });

  it('is imported in each Region for itself, and only then its replica can become the primary', async () => {
    const world = new KmsWorld();
    const KeyId = await create(world, { MultiRegion: true });
    const material = randomBytes(32);
    await importInto(world, KeyId, material);
    await world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET }));
    await world.pass(1_000);

    assert.equal((await describeIn(world, KeyId, TARGET)).KeyState, 'PendingImport');
    await assert.rejects(world.promote(KeyId), { name: 'KMSInvalidStateException', message: `${arnOf(KeyId, TARGET)} is pending import.` });
    await assert.rejects(importInto(world, KeyId, randomBytes(32), { region: TARGET }), { name: 'IncorrectKeyMaterialException' });
    await importInto(world, KeyId, material, { region: TARGET });

    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext }));
    await assert.doesNotReject(world.run(world.at(TARGET).decrypt({ CiphertextBlob })));
    await world.promote(KeyId);
    await world.pass(1_000);
    await world.run(world.at(SOURCE).deleteImportedKeyMaterial({ KeyId }));
    assert.deepEqual(
      [(await describeIn(world, KeyId, SOURCE)).KeyState, (await describeIn(world, KeyId, TARGET)).KeyState],
      ['PendingImport', 'Enabled'],
    );
  });

  it('gets new material on the primary, which a rotation makes current once every Region has it', async () => {
    const world = new KmsWorld();
    const KeyId = await create(world, { MultiRegion: true });
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    await importInto(world, KeyId, old);
    await world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET }));
    await world.pass(1_000);
    await importInto(world, KeyId, old, { region: TARGET });
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext }));
    const statesIn = async (region: string) =>
      (await world.run(world.at(region).listKeyRotations({ KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' }))).Rotations?.map(
        ({ KeyMaterialState, ImportState }) => `${KeyMaterialState} ${ImportState}`,
      );
    const rotate = () => world.run(world.at(SOURCE).rotateKeyOnDemand({ KeyId }));
    const asNew = { ImportType: 'NEW_KEY_MATERIAL', KeyMaterialDescription: 'second' } as const;

    await assert.rejects(importInto(world, KeyId, fresh, { region: TARGET, ...asNew }), {
      name: 'UnsupportedOperationException',
      message: /is a multi-region replica key which is not valid for/,
    });
    await importInto(world, KeyId, fresh, asNew);
    assert.deepEqual(await statesIn(SOURCE), ['CURRENT IMPORTED', 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION IMPORTED']);
    await assert.rejects(rotate(), { name: 'KMSInvalidStateException' });
    await importInto(world, KeyId, fresh, { region: TARGET });
    assert.deepEqual(await statesIn(TARGET), ['CURRENT IMPORTED', 'PENDING_ROTATION IMPORTED']);
    await rotate();
    await world.pass(10_000);

    assert.deepEqual(await statesIn(TARGET), ['NON_CURRENT IMPORTED', 'CURRENT IMPORTED']);
    await assert.doesNotReject(world.run(world.at(TARGET).decrypt({ CiphertextBlob })));
    await world.run(
      world.at(TARGET).deleteImportedKeyMaterial({ KeyId, KeyMaterialId: (await describeIn(world, KeyId)).CurrentKeyMaterialId }),
    );
    assert.equal((await describeIn(world, KeyId, TARGET)).KeyState, 'PendingImport');
  });

  it('knows no automatic rotation', async () => {
    const world = new KmsWorld();
    const KeyId = await create(world);
    await importInto(world, KeyId, randomBytes(32));
    const kms = world.at(SOURCE);

    for (const asked of [
      () => kms.enableKeyRotation({ KeyId }),
      () => kms.disableKeyRotation({ KeyId }),
      () => kms.getKeyRotationStatus({ KeyId }),
    ]) {
      await assert.rejects(world.run(asked()), {
        name: 'UnsupportedOperationException',
        message: `${arnOf(KeyId, SOURCE)} origin is EXTERNAL which is not valid for this operation.`,
      });
    }
  });

  it('comes back from a cancelled deletion as what it is without its material: pending import', async () => {
    const world = new KmsWorld();
    const KeyId = await create(world);

    await world.run(world.at(SOURCE).scheduleKeyDeletion({ KeyId }));
    await world.run(world.at(SOURCE).cancelKeyDeletion({ KeyId }));

    assert.equal((await describeIn(world, KeyId)).KeyState, 'PendingImport');
  });
});

describe('ImportKeyMaterial', () => {
  it('refuses what is not of this key: token, wrapping, length, date and origin', async () => {
    const world = new KmsWorld();
    const [KeyId, other] = [await create(world), await create(world)];
    const kms = world.at(SOURCE);
    const WrappingAlgorithm = 'RSAES_OAEP_SHA_256';
    const { ImportToken, PublicKey = new Uint8Array() } = await world.run(
      kms.getParametersForImport({ KeyId: other, WrappingAlgorithm, WrappingKeySpec: 'RSA_2048' }),
    );
    const EncryptedKeyMaterial = wrap(WrappingAlgorithm, PublicKey, randomBytes(32));
    const request = { KeyId: other, ImportToken, EncryptedKeyMaterial, ...FOR_GOOD };

    for (const [wrong, name] of [
      [{ KeyId }, 'InvalidImportTokenException'],
      [{ EncryptedKeyMaterial: randomBytes(256) }, 'InvalidCiphertextException'],
      [{ EncryptedKeyMaterial: wrap(WrappingAlgorithm, PublicKey, randomBytes(31)) }, 'IncorrectKeyMaterialException'],
      [{ KeyMaterialId: '0'.repeat(64) }, 'IncorrectKeyMaterialException'],
      [{ ExpirationModel: undefined }, 'ValidationException'],
      [{ ExpirationModel: undefined, ValidTo: new Date(world.clock.now()) }, 'ValidationException'],
      [{ ExpirationModel: undefined, ValidTo: new Date(world.clock.now() + 366 * DAY_MS) }, 'ValidationException'],
    ] as const) {
      await world.pass(1_000);
      await assert.rejects(world.run(kms.importKeyMaterial({ ...request, ...wrong })), { name });
    }
    await world.pass(DAY_MS);
    await assert.rejects(world.run(kms.importKeyMaterial(request)), { name: 'ExpiredImportTokenException' });
    const own = world.key();
    await assert.rejects(world.run(kms.getParametersForImport({ KeyId: own, WrappingAlgorithm, WrappingKeySpec: 'RSA_2048' })), {
      name: 'UnsupportedOperationException',
      message: `${arnOf(own, SOURCE)} origin is AWS_KMS which is not valid for this operation.`,
    });
  });
});
