import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arnOf, KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

const Plaintext = Buffer.from('the plaintext');

describe('ReEncrypt', () => {
  it('moves a ciphertext from one key and context to another, by whatever names', async () => {
    const world = new KmsWorld();
    const [from, to] = [world.key(), world.key({ aliases: ['alias/to'] })];
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId: from, Plaintext, EncryptionContext: { a: '1' } }));

    const moved = await world.run(
      world.at(TARGET).reEncrypt({
        CiphertextBlob,
        SourceEncryptionContext: { a: '1' },
        DestinationKeyId: 'alias/to',
        DestinationEncryptionContext: { b: '2' },
      }),
    );

    assert.deepEqual([moved.SourceKeyId, moved.KeyId], [arnOf(from, TARGET), arnOf(to, TARGET)]);
    assert.match(`${moved.SourceKeyMaterialId} ${moved.DestinationKeyMaterialId}`, /^[0-9a-f]{64} [0-9a-f]{64}$/);
    const opened = await world.run(
      world.at(SOURCE).decrypt({ CiphertextBlob: moved.CiphertextBlob, KeyId: to, EncryptionContext: { b: '2' } }),
    );
    assert.deepEqual(Buffer.from(opened.Plaintext ?? []), Plaintext);
  });

  it('moves a ciphertext to an RSA key and back', async () => {
    const world = new KmsWorld();
    const [symmetric, rsa] = [world.key(), world.key({ keySpec: 'RSA_2048' })];
    const kms = world.at(SOURCE);
    const { CiphertextBlob } = await world.run(kms.encrypt({ KeyId: symmetric, Plaintext }));
    const DestinationEncryptionAlgorithm = 'RSAES_OAEP_SHA_256';

    const there = await world.run(kms.reEncrypt({ CiphertextBlob, DestinationKeyId: rsa, DestinationEncryptionAlgorithm }));
    const back = await world.run(
      kms.reEncrypt({
        CiphertextBlob: there.CiphertextBlob,
        SourceKeyId: rsa,
        SourceEncryptionAlgorithm: DestinationEncryptionAlgorithm,
        DestinationKeyId: symmetric,
      }),
    );

    assert.deepEqual(Buffer.from((await world.run(kms.decrypt({ CiphertextBlob: back.CiphertextBlob }))).Plaintext ?? []), Plaintext);
  });

  it('refuses a source that did not encrypt it, and a wrong context', async () => {
    const world = new KmsWorld();
    const [KeyId, other] = [world.key(), world.key()];
    const kms = world.at(SOURCE);
    const { CiphertextBlob } = await world.run(kms.encrypt({ KeyId, Plaintext, EncryptionContext: { a: '1' } }));
    const request = { CiphertextBlob, DestinationKeyId: other };

    await assert.rejects(world.run(kms.reEncrypt({ ...request, SourceKeyId: other })), { name: 'IncorrectKeyException' });
    await assert.rejects(world.run(kms.reEncrypt(request)), { name: 'InvalidCiphertextException' });
    await assert.rejects(world.run(kms.reEncrypt({ ...request, DryRun: true })), { name: 'DryRunOperationException' });
  });

  it('needs no ciphertext in a dry run that says so, and needs one otherwise', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const request = { SourceKeyId: KeyId, DestinationKeyId: KeyId };
    const kms = world.at(SOURCE);
    const DryRunModifiers: ['IGNORE_CIPHERTEXT'] = ['IGNORE_CIPHERTEXT'];

    await assert.rejects(world.run(kms.reEncrypt({ ...request, DryRun: true, DryRunModifiers })), { name: 'DryRunOperationException' });
    await assert.rejects(world.run(kms.decrypt({ KeyId, DryRun: true, DryRunModifiers })), { name: 'DryRunOperationException' });
    await assert.rejects(world.run(kms.reEncrypt({ ...request, DryRunModifiers })), { name: 'ValidationException' });
    await assert.rejects(world.run(kms.reEncrypt(request)), { name: 'ValidationException', message: /null at 'ciphertextBlob'/ });
  });
});
