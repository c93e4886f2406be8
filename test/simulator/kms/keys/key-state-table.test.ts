import assert from 'node:assert/strict';
import { constants, createPublicKey, publicEncrypt } from 'node:crypto';
import { describe, it } from 'node:test';
import type { KeyState } from '../../../../simulator/kms/keys/regional-view.ts';
import type { KeySeed } from '../../../../simulator/kms/seeding.ts';
import { ACCOUNT, arnOf, KmsWorld, SOURCE, seedWhere, TARGET, THIRD } from '../kms-world.ts';

type Kms = ReturnType<KmsWorld['at']>;
type Ask = (kms: Kms, KeyId: string) => Promise<unknown>;

const Message = Buffer.from('message');
const ciphertextOf = async (world: KmsWorld, KeyId: string): Promise<Uint8Array | undefined> =>
  (await world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext: Message }))).CiphertextBlob;

/**
 * The page's own words, written out by hand: y allowed, a number one of its errors, n/a no such state for such keys; the
 * states are Enabled, Disabled, PendingDeletion / PendingReplicaDeletion, PendingImport, Creating, Updating.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
const TABLE: Readonly<Record<string, string>> = {
  DescribeKey: 'y y y y y y',
  GetKeyPolicy: 'y y y y y y',
  PutKeyPolicy: 'y y y y y y',
  ListAliases: 'y y y y y y',
  ListGrants: 'y y y y y y',
  ListKeyPolicies: 'y y y y y y',
  ListResourceTags: 'y y y y y y',
  RetireGrant: 'y y y y y y',
  RevokeGrant: 'y y y y y y',
  Encrypt: 'y 1 2/3 5 14 y',
  Decrypt: 'y 1 2/3 5 14 y',
  ReEncrypt: 'y 1 2/3 5 14 y',
  GenerateDataKey: 'y 1 2/3 5 14 y',
  GenerateDataKeyPair: 'y 1 2/3 5 14 y',
  GenerateDataKeyPairWithoutPlaintext: 'y 1 2/3 5 14 y',
  GenerateDataKeyWithoutPlaintext: 'y 1 2/3 5 14 y',
  GenerateMac: 'y 1 2/3 n/a 14 y',
  VerifyMac: 'y 1 2/3 n/a 14 y',
  Sign: 'y 1 2/3 n/a 14 y',
  Verify: 'y 1 2/3 n/a 14 y',
  GetPublicKey: 'y 1 2/3 n/a 14 y',
  DeriveSharedSecret: 'y 1 2/3 n/a 14 y',
  CreateGrant: 'y 1 2/3 5 14 y',
  ReplicateKey: 'y 1 2/3 5 14 15',
  EnableKey: 'y y 3 5 14 15',
  DisableKey: 'y y 3 5 14 15',
  ScheduleKeyDeletion: 'y y 3 y y 15',
  CancelKeyDeletion: '4 4 y 4 4 4',
  EnableKeyRotation: 'y 1 3 6 14 y',
  DisableKeyRotation: 'y 1 3 6 14 y',
  GetKeyRotationStatus: 'y y y 6 y y',
  TagResource: 'y y 3 y y y',
  UntagResource: 'y y 3 y y y',
  UpdateKeyDescription: 'y y 3 y y y',
  CreateAlias: 'y y 3 y y y',
  UpdateAlias: 'y y 3 y y y',
  DeleteAlias: 'y y y y y y',
  GetParametersForImport: 'y y 3 y 14 15',
  ImportKeyMaterial: 'y y 3 y 14 y',
  DeleteImportedKeyMaterial: 'y y y y 14 15',
};

const COLUMNS: ReadonlyArray<readonly KeyState[]> = [
  ['Enabled'],
  ['Disabled'],
  ['PendingDeletion', 'PendingReplicaDeletion'],
  ['PendingImport'],
  ['Creating'],
  ['Updating'],
];

const PENDING: Readonly<Partial<Record<KeyState, string>>> = {
  PendingDeletion: 'is pending deletion.',
  PendingReplicaDeletion: 'is pending replica deletion.',
};

/** What each numbered error of the page looks like; 2/3 is either, as the seed chooses. */
const errorOf = (number: string, state: KeyState, pendingDeletionError: string): { name: string; text: string } => {
  switch (number) {
    case '1':
      return { name: 'DisabledException', text: 'is disabled.' };
    case '2/3':
      return { name: pendingDeletionError, text: PENDING[state] ?? '' };
    case '3':
      return { name: 'KMSInvalidStateException', text: PENDING[state] ?? '' };
    case '4':
      return { name: 'KMSInvalidStateException', text: 'is not pending deletion.' };
    case '5':
      return { name: 'KMSInvalidStateException', text: 'is pending import.' };
    case '6':
      return { name: 'UnsupportedOperationException', text: 'origin is EXTERNAL which is not valid for this operation.' };
    case '14':
      return { name: 'KMSInvalidStateException', text: 'is creating.' };
    case '15':
      return { name: 'KMSInvalidStateException', text: 'is updating.' };
    default:
      throw new Error(`The table of this test has no error ${number}.`);
  }
};

/** What was made while the key was enabled, for the operations that need it. */
interface Given {
  readonly ciphertext?: Uint8Array | undefined;
  readonly mac?: Uint8Array | undefined;
  readonly signature?: Uint8Array | undefined;
  readonly grantId?: string | undefined;
  readonly publicKey?: Uint8Array | undefined;
  readonly imported?: { readonly ImportToken: Uint8Array; readonly EncryptedKeyMaterial: Uint8Array } | undefined;
}

const GranteePrincipal = 'arn:aws:iam::111111111111:role/reader';
const PAIR = { KeyPairSpec: 'ECC_NIST_P256' } as const;
const WRAPPING = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;

const asks = (given: Given): Record<string, Ask> => ({
  DescribeKey: (kms, KeyId) => kms.describeKey({ KeyId }),
  GetKeyPolicy: (kms, KeyId) => kms.getKeyPolicy({ KeyId }),
  PutKeyPolicy: (kms, KeyId) => kms.putKeyPolicy({ KeyId, Policy: '{}' }),
  ListAliases: (kms, KeyId) => kms.listAliases({ KeyId }),
  ListGrants: (kms, KeyId) => kms.listGrants({ KeyId }),
  ListKeyPolicies: (kms, KeyId) => kms.listKeyPolicies({ KeyId }),
  ListResourceTags: (kms, KeyId) => kms.listResourceTags({ KeyId }),
  RetireGrant: (kms, KeyId) => kms.retireGrant({ KeyId: arnOf(KeyId, SOURCE), GrantId: given.grantId }),
  RevokeGrant: (kms, KeyId) => kms.revokeGrant({ KeyId, GrantId: given.grantId }),
  Encrypt: (kms, KeyId) => kms.encrypt({ KeyId, Plaintext: Message }),
  Decrypt: (kms, KeyId) => kms.decrypt({ KeyId, CiphertextBlob: given.ciphertext }),
  ReEncrypt: (kms, KeyId) => kms.reEncrypt({ CiphertextBlob: given.ciphertext, DestinationKeyId: KeyId }),
  GenerateDataKey: (kms, KeyId) => kms.generateDataKey({ KeyId, KeySpec: 'AES_256' }),
  GenerateDataKeyPair: (kms, KeyId) => kms.generateDataKeyPair({ KeyId, ...PAIR }),
  GenerateDataKeyPairWithoutPlaintext: (kms, KeyId) => kms.generateDataKeyPairWithoutPlaintext({ KeyId, ...PAIR }),
  GenerateDataKeyWithoutPlaintext: (kms, KeyId) => kms.generateDataKeyWithoutPlaintext({ KeyId, KeySpec: 'AES_256' }),
  GenerateMac: (kms, KeyId) => kms.generateMac({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_256' }),
  VerifyMac: (kms, KeyId) => kms.verifyMac({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_256', Mac: given.mac }),
  Sign: (kms, KeyId) => kms.sign({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }),
  Verify: (kms, KeyId) => kms.verify({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256', Signature: given.signature }),
  GetPublicKey: (kms, KeyId) => kms.getPublicKey({ KeyId }),
  DeriveSharedSecret: (kms, KeyId) => kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: given.publicKey }),
  CreateGrant: (kms, KeyId) => kms.createGrant({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }),
  ReplicateKey: (kms, KeyId) => kms.replicateKey({ KeyId, ReplicaRegion: THIRD }),
  EnableKey: (kms, KeyId) => kms.enableKey({ KeyId }),
  DisableKey: (kms, KeyId) => kms.disableKey({ KeyId }),
  ScheduleKeyDeletion: (kms, KeyId) => kms.scheduleKeyDeletion({ KeyId }),
  CancelKeyDeletion: (kms, KeyId) => kms.cancelKeyDeletion({ KeyId }),
  EnableKeyRotation: (kms, KeyId) => kms.enableKeyRotation({ KeyId }),
  DisableKeyRotation: (kms, KeyId) => kms.disableKeyRotation({ KeyId }),
  GetKeyRotationStatus: (kms, KeyId) => kms.getKeyRotationStatus({ KeyId }),
  TagResource: (kms, KeyId) => kms.tagResource({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'blue' }] }),
  UntagResource: (kms, KeyId) => kms.untagResource({ KeyId, TagKeys: ['team'] }),
  UpdateKeyDescription: (kms, KeyId) => kms.updateKeyDescription({ KeyId, Description: 'other' }),
  CreateAlias: (kms, KeyId) => kms.createAlias({ AliasName: 'alias/new', TargetKeyId: KeyId }),
  UpdateAlias: (kms, KeyId) => kms.updateAlias({ AliasName: 'alias/other', TargetKeyId: KeyId }),
  DeleteAlias: (kms) => kms.deleteAlias({ AliasName: 'alias/own' }),
  GetParametersForImport: (kms, KeyId) => kms.getParametersForImport({ KeyId, ...WRAPPING }),
  ImportKeyMaterial: (kms, KeyId) =>
    kms.importKeyMaterial({ KeyId, ...(given.imported ?? assert.fail()), ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
  DeleteImportedKeyMaterial: (kms, KeyId) => kms.deleteImportedKeyMaterial({ KeyId }),
});

const seedFor = (operation: string): Partial<KeySeed> => {
  if (['Sign', 'Verify', 'GetPublicKey'].includes(operation)) return { keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' };
  if (operation === 'DeriveSharedSecret') return { keySpec: 'ECC_NIST_P256', keyUsage: 'KEY_AGREEMENT' };
  if (operation.endsWith('Mac')) return { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' };
  return operation === 'DeleteAlias' ? { aliases: ['alias/own'] } : {};
};

const keyFor = async (operation: string, world: KmsWorld): Promise<string> => {
  if (!operation.includes('Import')) return world.key(seedFor(operation));
  const { KeyMetadata } = await world.run(world.at(SOURCE).createKey({ Origin: 'EXTERNAL' }));
  return KeyMetadata?.KeyId ?? '';
};

const importOf = async (world: KmsWorld, KeyId: string): Promise<Given['imported']> => {
  const { ImportToken = Message, PublicKey = Message } = await world.run(world.at(SOURCE).getParametersForImport({ KeyId, ...WRAPPING }));
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  return { ImportToken, EncryptedKeyMaterial: publicEncrypt({ key, ...padding }, Buffer.alloc(32, 7)) };
};

const givenFor = async (operation: string, world: KmsWorld, KeyId: string): Promise<Given> => {
  const kms = world.at(SOURCE);
  switch (operation) {
    case 'Decrypt':
    case 'ReEncrypt':
      return { ciphertext: await ciphertextOf(world, KeyId) };
    case 'VerifyMac':
      return { mac: (await world.run(kms.generateMac({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_256' }))).Mac };
    case 'Verify':
      return { signature: (await world.run(kms.sign({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }))).Signature };
    case 'RetireGrant':
    case 'RevokeGrant':
      return { grantId: (await world.run(kms.createGrant({ KeyId, GranteePrincipal, Operations: ['Decrypt'] }))).GrantId };
    case 'DeriveSharedSecret':
      return { publicKey: (await world.run(kms.getPublicKey({ KeyId }))).PublicKey };
    case 'ImportKeyMaterial':
      return { imported: await importOf(world, KeyId) };
    case 'UpdateAlias':
      world.key({ aliases: ['alias/other'] });
      return {};
    default:
      return {};
  }
};

const prepare = async (operation: string, seed: number) => {
  const world = new KmsWorld({ seed });
  const keyId = await keyFor(operation, world);
  const ask = asks(await givenFor(operation, world, keyId))[operation];
  assert.ok(ask, `This test does not know how to ask for ${operation}.`);
  return { world, keyId, act: () => world.run(ask(world.at(SOURCE), keyId)) };
};

const cells = Object.entries(TABLE).flatMap(([operation, row]) =>
  row.split(' ').flatMap((cell, column) => (COLUMNS[column] ?? []).map((state) => ({ operation, state, cell }))),
);

const known = cells.filter(({ cell }) => cell !== 'n/a');
const WORLDS = [
  { pendingDeletionError: 'DisabledException', asked: known },
  // Nothing but what is not known differs between the two.
  { pendingDeletionError: 'KMSInvalidStateException', asked: known.filter(({ cell }) => cell === '2/3') },
] as const;

for (const { pendingDeletionError, asked } of WORLDS) {
  const seed = seedWhere((temperament) => temperament.pendingDeletionError === pendingDeletionError);
  describe(`In a world where pending deletion is a ${pendingDeletionError}`, () => {
    for (const { operation, state, cell } of asked) {
      const expected = cell === 'y' ? undefined : errorOf(cell, state, pendingDeletionError);
      it(`${operation} of a key that is ${state} ${expected === undefined ? 'succeeds' : `is refused with ${expected.name}`}`, async () => {
        const { world, keyId, act } = await prepare(operation, seed);
        world.kms.setState(ACCOUNT, keyId, SOURCE, state);

        if (expected === undefined) await assert.doesNotReject(act());
        else await assert.rejects(act(), { name: expected.name, message: `${arnOf(keyId, SOURCE)} ${expected.text}` });
      });
    }
  });
}

describe('A key that a promotion has left Updating', () => {
  it('still encrypts and decrypts in both Regions, though it says that it is not enabled', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    await world.promote(keyId);

    for (const region of [SOURCE, TARGET]) {
      const { CiphertextBlob } = await world.run(world.at(region).encrypt({ KeyId: keyId, Plaintext: Message }));
      const { Plaintext } = await world.run(world.at(region).decrypt({ CiphertextBlob }));
      const { KeyMetadata } = await world.run(world.at(region).describeKey({ KeyId: keyId }));
      assert.deepEqual(Buffer.from(Plaintext ?? []), Message);
      assert.equal(KeyMetadata?.KeyState, 'Updating');
      assert.equal(KeyMetadata?.Enabled, false);
    }
  });
});
