import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CreateKeyRequest } from '@aws-sdk/client-kms';
import { algorithmsOf, KEY_SPECS, type KeySpec, type KeyUsage } from '../../../../simulator/kms/keys/key-specs.ts';
import { KmsWorld, SOURCE } from '../kms-world.ts';

const create = (world: KmsWorld, request: CreateKeyRequest) => world.run(world.at(SOURCE).createKey(request));

const USAGES: readonly KeyUsage[] = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'];

describe('CreateKey', () => {
  for (const KeySpec of Object.keys(KEY_SPECS) as KeySpec[]) {
    it(`makes keys of spec ${KeySpec} for every usage they have, and for no other`, async () => {
      for (const KeyUsage of USAGES) {
        const world = new KmsWorld();
        const algorithms = algorithmsOf(KeySpec, KeyUsage);
        const made = create(world, { KeySpec, KeyUsage, MultiRegion: true });
        if (algorithms.length === 0) {
          await assert.rejects(made, {
            name: 'ValidationException',
            message: `KeyUsage ${KeyUsage} is not compatible with KeySpec ${KeySpec}`,
          });
          continue;
        }
        const { KeyMetadata } = await made;
        assert.ok(KeyMetadata);
        const { EncryptionAlgorithms, SigningAlgorithms, MacAlgorithms, KeyAgreementAlgorithms } = KeyMetadata;
        assert.deepEqual([KeyMetadata.KeySpec, KeyMetadata.KeyUsage], [KeySpec, KeyUsage]);
        assert.deepEqual(EncryptionAlgorithms ?? SigningAlgorithms ?? MacAlgorithms ?? KeyAgreementAlgorithms, algorithms);
      }
    });
  }

  it('takes the old name of the spec, but not both', async () => {
    const world = new KmsWorld();
    const old = { CustomerMasterKeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const;

    assert.equal((await create(world, old)).KeyMetadata?.KeySpec, 'HMAC_256');
    await assert.rejects(create(world, { ...old, KeySpec: 'HMAC_256' }), {
      name: 'ValidationException',
      message: /CustomerMasterKeySpec is deprecated/,
    });
  });

  const refused: ReadonlyArray<readonly [what: string, request: CreateKeyRequest, name: string, message: RegExp]> = [
    [
      'a key without a usage that is not for encryption by itself',
      { KeySpec: 'HMAC_256' },
      'ValidationException',
      /^You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys\.$/,
    ],
    ['a spec of China', { KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' }, 'UnsupportedOperationException', /SM2/],
    [
      'a spec for encapsulation',
      { KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' },
      'UnsupportedOperationException',
      /ML_KEM_768/,
    ],
    ['a key store', { Origin: 'AWS_CLOUDHSM' }, 'UnsupportedOperationException', /custom key stores/],
    ['a key store by its ID', { CustomKeyStoreId: 'cks-1' }, 'UnsupportedOperationException', /custom key stores/],
    ['a policy that is none', { Policy: 'no JSON' }, 'MalformedPolicyDocumentException', /JSON object/],
    ['a tag of AWS', { Tags: [{ TagKey: 'aws:a', TagValue: '' }] }, 'TagException', /^Tags beginning with aws: are reserved$/],
    ['a tag given twice', { Tags: Array(2).fill({ TagKey: 'a', TagValue: '' }) }, 'TagException', /^Duplicate tag keys$/],
    [
      'more tags than a key has',
      { Tags: Array.from({ length: 51 }, (_, index) => ({ TagKey: `${index}`, TagValue: '' })) },
      'TagException',
      /^Too many tags$/,
    ],
  ];
  for (const [what, request, name, message] of refused) {
    it(`refuses ${what}, and makes no key`, async () => {
      const world = new KmsWorld();

      await assert.rejects(create(world, request), { name, message });
      assert.deepEqual(world.kms.truth().keys, []);
    });
  }
});
