import type { KeySpec, KeyUsage } from '../kms/keys/key-specs.ts';
import type { KeyKind } from './case.ts';

/** How a key of a kind is made. */
interface KindOfKey {
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly origin: 'AWS_KMS' | 'EXTERNAL';
  readonly multiRegion: boolean;
  readonly replicated: boolean;
}

const symmetric: KindOfKey = {
  keySpec: 'SYMMETRIC_DEFAULT',
  keyUsage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: true,
  replicated: true,
};

export const KINDS_OF_KEY: Readonly<Record<KeyKind, KindOfKey>> = {
  symmetric,
  hmac: { ...symmetric, keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' },
  ecc: { ...symmetric, keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' },
  'key agreement': { ...symmetric, keySpec: 'ECC_NIST_P256', keyUsage: 'KEY_AGREEMENT' },
  rsa: { ...symmetric, keySpec: 'RSA_2048' },
  lonely: { ...symmetric, replicated: false },
  single: { ...symmetric, multiRegion: false, replicated: false },
  imported: { ...symmetric, origin: 'EXTERNAL' },
  'pending import': { ...symmetric, origin: 'EXTERNAL', replicated: false },
};
