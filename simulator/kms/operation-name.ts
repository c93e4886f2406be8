/** The operations that read through eventually consistent copies. */
export const STALE_READS: ReadonlySet<string> = new Set(['DescribeKey', 'ListKeys', 'ListAliases', 'ListResourceTags']);

export type CryptoOperation = 'Encrypt' | 'Decrypt' | 'Sign' | 'Verify' | 'GenerateMac' | 'VerifyMac';

/** Every operation of this KMS. */
export type OperationName =
  | CryptoOperation
  | 'CancelKeyDeletion'
  | 'CreateAlias'
  | 'CreateKey'
  | 'DescribeKey'
  | 'DisableKey'
  | 'DisableKeyRotation'
  | 'EnableKey'
  | 'EnableKeyRotation'
  | 'GetKeyPolicy'
  | 'GetKeyRotationStatus'
  | 'GetPublicKey'
  | 'ListAliases'
  | 'ListKeys'
  | 'ListResourceTags'
  | 'PutKeyPolicy'
  | 'ReplicateKey'
  | 'ScheduleKeyDeletion'
  | 'TagResource'
  | 'UntagResource'
  | 'UpdatePrimaryRegion';
