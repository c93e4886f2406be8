import type { CryptoPool } from '../keys/key-specs.ts';
import type { Parameters } from '../model/requests.ts';
import type { DataKeyPairOperation, OperationName, PooledOperation } from '../operation-name.ts';

/** Each spec of data key pairs has a quota of its own, shared by the two operations. */
type DataKeyPairQuota = `GenerateDataKeyPair of ${Parameters<'GenerateDataKeyPair'>['KeyPairSpec']}`;

/** A quota of requests: most operations have their own, cryptography shares four pools. */
export type QuotaName = Exclude<OperationName, PooledOperation | DataKeyPairOperation> | DataKeyPairQuota | CryptoPool;

/** Calls a second in each account and Region, before any increase: https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
const RATES: Readonly<Record<QuotaName, number>> = {
  CancelKeyDeletion: 5,
  CreateAlias: 5,
  CreateGrant: 50,
  CreateKey: 5,
  DeleteAlias: 15,
  DeleteImportedKeyMaterial: 15,
  DescribeKey: 2_000,
  DisableKey: 5,
  DisableKeyRotation: 5,
  EnableKey: 5,
  EnableKeyRotation: 15,
  GetKeyLastUsage: 5,
  GetKeyPolicy: 1_000,
  GetKeyRotationStatus: 1_000,
  GetParametersForImport: 0.25,
  GetPublicKey: 2_000,
  ImportKeyMaterial: 5,
  ListAliases: 500,
  ListGrants: 100,
  ListKeyPolicies: 100,
  ListKeyRotations: 100,
  ListKeys: 500,
  ListResourceTags: 2_000,
  ListRetirableGrants: 100,
  PutKeyPolicy: 15,
  ReplicateKey: 5,
  RetireGrant: 50,
  RevokeGrant: 50,
  RotateKeyOnDemand: 5,
  ScheduleKeyDeletion: 15,
  TagResource: 10,
  UntagResource: 5,
  UpdateAlias: 5,
  UpdateKeyDescription: 5,
  UpdatePrimaryRegion: 5,
  'symmetric-cryptography': 10_000,
  'rsa-cryptography': 1_000,
  'ecc-cryptography': 1_000,
  'ml-dsa-cryptography': 1_000,
  'GenerateDataKeyPair of ECC_NIST_P256': 25,
  'GenerateDataKeyPair of ECC_NIST_P384': 10,
  'GenerateDataKeyPair of ECC_NIST_P521': 5,
  'GenerateDataKeyPair of ECC_SECG_P256K1': 25,
  'GenerateDataKeyPair of ECC_NIST_EDWARDS25519': 25,
  'GenerateDataKeyPair of RSA_2048': 1,
  'GenerateDataKeyPair of RSA_3072': 0.5,
  'GenerateDataKeyPair of RSA_4096': 0.1,
  'GenerateDataKeyPair of SM2': 25,
  'GenerateDataKeyPair of ML_KEM_512': 25,
  'GenerateDataKeyPair of ML_KEM_768': 25,
  'GenerateDataKeyPair of ML_KEM_1024': 25,
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

/** Less than 1 means one call in so many seconds: 0.25 is one in four. */
export const ratePerSecond = (quota: QuotaName, region: string): number =>
  quota === 'symmetric-cryptography' ? (SYMMETRIC_RATES[region] ?? RATES[quota]) : RATES[quota];
