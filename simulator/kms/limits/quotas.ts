import type { CryptoPool } from '../keys/key-specs.ts';
import type { CryptoOperation, OperationName } from '../operation-name.ts';

/** A quota of requests: most operations have their own, cryptography shares three pools. */
export type QuotaName = Exclude<OperationName, CryptoOperation> | CryptoPool;

/** Calls a second in each account and Region, before any increase: https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
const RATES: Readonly<Record<QuotaName, number>> = {
  CancelKeyDeletion: 5,
  CreateAlias: 5,
  CreateKey: 5,
  DescribeKey: 2_000,
  DisableKey: 5,
  DisableKeyRotation: 5,
  EnableKey: 5,
  EnableKeyRotation: 15,
  GetKeyPolicy: 1_000,
  GetKeyRotationStatus: 1_000,
  GetPublicKey: 2_000,
  ListAliases: 500,
  ListKeys: 500,
  ListResourceTags: 2_000,
  PutKeyPolicy: 15,
  ReplicateKey: 5,
  ScheduleKeyDeletion: 15,
  TagResource: 10,
  UntagResource: 5,
  UpdatePrimaryRegion: 5,
  'symmetric-cryptography': 10_000,
  'rsa-cryptography': 1_000,
  'ecc-cryptography': 1_000,
};

const SYMMETRIC_RATES: Readonly<Record<string, number>> = {
  'us-east-1': 100_000,
  'us-west-2': 100_000,
  'eu-west-1': 100_000,
  'us-east-2': 20_000,
  'ap-southeast-1': 20_000,
  'ap-southeast-2': 20_000,
  'ap-northeast-1': 20_000,
  'eu-central-1': 20_000,
  'eu-west-2': 20_000,
};

export const ratePerSecond = (quota: QuotaName, region: string): number =>
  quota === 'symmetric-cryptography' ? (SYMMETRIC_RATES[region] ?? RATES[quota]) : RATES[quota];
