import type { REQUESTS } from './model/requests.ts';

/** Every operation that this KMS carries out. */
export type OperationName = keyof typeof REQUESTS;

/** The reads that come from eventually consistent copies throughout: what they show may be older than what was answered before. */
export const STALE_READS: ReadonlySet<string> = new Set<OperationName>([
  'DescribeKey',
  'GetKeyPolicy',
  'ListAliases',
  'ListGrants',
  'ListKeys',
  'ListResourceTags',
  'ListRetirableGrants',
]);

/** The operations that share the request quotas of cryptography: https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
export type PooledOperation =
  | 'Decrypt'
  | 'DeriveSharedSecret'
  | 'Encrypt'
  | 'GenerateDataKey'
  | 'GenerateDataKeyWithoutPlaintext'
  | 'GenerateMac'
  | 'GenerateRandom'
  | 'ReEncrypt'
  | 'Sign'
  | 'Verify'
  | 'VerifyMac';

/** The operations whose quota depends on the pair that is asked for. */
export type DataKeyPairOperation = 'GenerateDataKeyPair' | 'GenerateDataKeyPairWithoutPlaintext';
