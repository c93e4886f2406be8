import type { Case, Expectation } from '../case.ts';

const ANOTHER_KEY = 'it would make a further key';

/** Every spec of a multi-Region key, and each usage that it has. */
const SPECS: readonly (readonly [usage: string, specs: readonly string[]])[] = [
  ['ENCRYPT_DECRYPT', ['SYMMETRIC_DEFAULT', 'RSA_2048', 'RSA_3072', 'RSA_4096']],
  ['SIGN_VERIFY', ['RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1']],
  ['GENERATE_VERIFY_MAC', ['HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512']],
  ['KEY_AGREEMENT', ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521']],
];

/** Whether there are multi-Region keys of these everywhere is not confirmed. */
const YOUNG_SPECS = ['ECC_NIST_EDWARDS25519', 'ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87'];

const creation = (title: string, mark: Case['mark'], request: Readonly<Record<string, unknown>>, expect: Expectation): Case => ({
  title: `CreateKey ${title}`,
  topic: 'shape',
  mark,
  key: 'symmetric',
  step: { at: 'primary', operation: 'CreateKey', request: { MultiRegion: true, ...request }, expect },
  notOnAws: ANOTHER_KEY,
});

const made = (KeySpec: string, KeyUsage: string): Expectation => ({
  accepted: {
    KeyMetadata: { KeySpec, KeyUsage, MultiRegion: true, MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY', ReplicaKeys: [] } },
  },
});

/** Which multi-Region keys there are. */
export const CREATION_CASES: readonly Case[] = [
  ...SPECS.flatMap(([KeyUsage, specs]) =>
    specs.map((KeySpec) =>
      creation(`makes a multi-Region ${KeySpec} key for ${KeyUsage}`, 'C', { KeySpec, KeyUsage }, made(KeySpec, KeyUsage)),
    ),
  ),
  ...YOUNG_SPECS.map((KeySpec) =>
    creation(`makes a multi-Region ${KeySpec} key`, 'U', { KeySpec, KeyUsage: 'SIGN_VERIFY' }, made(KeySpec, 'SIGN_VERIFY')),
  ),
  creation(
    'makes a multi-Region key that waits for its imported material',
    'C',
    { Origin: 'EXTERNAL' },
    {
      accepted: { KeyMetadata: { Origin: 'EXTERNAL', KeyState: 'PendingImport', MultiRegion: true } },
    },
  ),
  creation(
    'makes no multi-Region key in a custom key store',
    'C',
    { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1234567890abcdef0' },
    {
      refused: 'UnsupportedOperationException',
    },
  ),
];
