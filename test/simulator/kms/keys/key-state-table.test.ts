import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyUsage } from '../../../../simulator/kms/keys/key-specs.ts';
import type { KeyState } from '../../../../simulator/kms/keys/regional-view.ts';
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
  ListResourceTags: 'y y y y y y',
  Encrypt: 'y 1 2/3 5 14 y',
  Decrypt: 'y 1 2/3 5 14 y',
  GenerateMac: 'y 1 2/3 n/a 14 y',
  VerifyMac: 'y 1 2/3 n/a 14 y',
  Sign: 'y 1 2/3 n/a 14 y',
  Verify: 'y 1 2/3 n/a 14 y',
  GetPublicKey: 'y 1 2/3 n/a 14 y',
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
  CreateAlias: 'y y 3 y y y',
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

/** How each operation is asked for; Decrypt and the verifying ones are given in `given` what was made while the key was enabled. */
const asks = (given: {
  ciphertext?: Uint8Array | undefined;
  mac?: Uint8Array | undefined;
  signature?: Uint8Array | undefined;
}): Record<string, Ask> => ({
  DescribeKey: (kms, KeyId) => kms.describeKey({ KeyId }),
  GetKeyPolicy: (kms, KeyId) => kms.getKeyPolicy({ KeyId }),
  PutKeyPolicy: (kms, KeyId) => kms.putKeyPolicy({ KeyId, Policy: '{}' }),
  ListAliases: (kms, KeyId) => kms.listAliases({ KeyId }),
  ListResourceTags: (kms, KeyId) => kms.listResourceTags({ KeyId }),
  Encrypt: (kms, KeyId) => kms.encrypt({ KeyId, Plaintext: Message }),
  Decrypt: (kms, KeyId) => kms.decrypt({ KeyId, CiphertextBlob: given.ciphertext }),
  GenerateMac: (kms, KeyId) => kms.generateMac({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_256' }),
  VerifyMac: (kms, KeyId) => kms.verifyMac({ KeyId, Message, MacAlgorithm: 'HMAC_SHA_256', Mac: given.mac }),
  Sign: (kms, KeyId) => kms.sign({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }),
  Verify: (kms, KeyId) => kms.verify({ KeyId, Message, SigningAlgorithm: 'ECDSA_SHA_256', Signature: given.signature }),
  GetPublicKey: (kms, KeyId) => kms.getPublicKey({ KeyId }),
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
  CreateAlias: (kms, KeyId) => kms.createAlias({ AliasName: 'alias/new', TargetKeyId: KeyId }),
});

const specFor = (operation: string): { keySpec: 'ECC_NIST_P256' | 'HMAC_256' | 'SYMMETRIC_DEFAULT'; keyUsage: KeyUsage } => {
  if (['Sign', 'Verify', 'GetPublicKey'].includes(operation)) return { keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' };
  if (operation.endsWith('Mac')) return { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' };
  return { keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' };
};

const prepare = async (operation: string, seed: number) => {
  const world = new KmsWorld({ seed });
  const keyId = world.key(specFor(operation));
  const kms = world.at(SOURCE);
  const given = {
    ciphertext: operation === 'Decrypt' ? await ciphertextOf(world, keyId) : undefined,
    mac:
      operation === 'VerifyMac'
        ? (await world.run(kms.generateMac({ KeyId: keyId, Message, MacAlgorithm: 'HMAC_SHA_256' }))).Mac
        : undefined,
    signature:
      operation === 'Verify'
        ? (await world.run(kms.sign({ KeyId: keyId, Message, SigningAlgorithm: 'ECDSA_SHA_256' }))).Signature
        : undefined,
  };
  const ask = asks(given)[operation];
  assert.ok(ask, `This test does not know how to ask for ${operation}.`);
  return { world, keyId, act: () => world.run(ask(kms, keyId)) };
};

const cells = Object.entries(TABLE).flatMap(([operation, row]) =>
  row.split(' ').flatMap((cell, column) => (COLUMNS[column] ?? []).map((state) => ({ operation, state, cell }))),
);

for (const pendingDeletionError of ['DisabledException', 'KMSInvalidStateException'] as const) {
  const seed = seedWhere((temperament) => temperament.pendingDeletionError === pendingDeletionError);
  describe(`In a world where pending deletion is a ${pendingDeletionError}`, () => {
    for (const { operation, state, cell } of cells.filter(({ cell }) => cell !== 'n/a')) {
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
