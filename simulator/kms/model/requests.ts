import {
  bytes,
  choice,
  flag,
  list,
  type Members,
  map,
  moment,
  required,
  secretBytes,
  structure,
  text,
  type ValuesOf,
  whole,
} from './shape.ts';

const keyId = text(1, 2_048);
const key = { KeyId: required(keyId) };
const grantTokens = { GrantTokens: list(text(1, 8_192), 10) };
const dryRun = { DryRun: flag };
/** Of a key whose use grants can allow and dry runs can try. */
const use = { ...key, ...grantTokens, ...dryRun };
const marker = text(1, 1_024, '[\\u0020-\\u00FF]*');
const page = (max: number) => ({ Limit: whole(1, max), Marker: marker });
const aliasName = text(1, 256, '^[a-zA-Z0-9:/_-]+$');
const policy = text(1, 131_072, '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+');
const policyName = text(1, 128, '[\\w]+');
const description = text(0, 8_192);
const region = text(1, 32, '^([a-z]+-){2,3}\\d+$');
const principal = text(1, 256, '^[\\w+=,.@:/-]+$');
const servicePrincipal = text(1, 128, '^[\\w+=,.@:/-]+$');
const grantId = text(1, 128);
const materialId = text(64, 64, '^[a-f0-9]+$');
const ciphertext = bytes(1, 6_144);
const message = secretBytes(1, 4_096);
const tagKey = text(1, 128);
const tags = list(structure({ TagKey: required(tagKey), TagValue: required(text(0, 256)) }), Number.POSITIVE_INFINITY);
const recipient = structure({ KeyEncryptionAlgorithm: choice('RSAES_OAEP_SHA_256'), AttestationDocument: bytes(1, 262_144) });
const dryRunModifiers = list(choice('IGNORE_CIPHERTEXT'), 1);

const rsaSpecs = ['RSA_2048', 'RSA_3072', 'RSA_4096'] as const;
const curveSpecs = ['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521', 'ECC_SECG_P256K1'] as const;
const oldSpecs = [...rsaSpecs, ...curveSpecs, 'SYMMETRIC_DEFAULT', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512', 'SM2'] as const;
const kemSpecs = ['ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'] as const;
const keySpec = choice(...oldSpecs, 'ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87', 'ECC_NIST_EDWARDS25519', ...kemSpecs);
const keyUsage = choice('SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE');
const encryptionAlgorithm = choice('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE');
const macAlgorithm = choice('HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512');
const signingAlgorithm = choice(
  'RSASSA_PSS_SHA_256',
  'RSASSA_PSS_SHA_384',
  'RSASSA_PSS_SHA_512',
  'RSASSA_PKCS1_V1_5_SHA_256',
  'RSASSA_PKCS1_V1_5_SHA_384',
  'RSASSA_PKCS1_V1_5_SHA_512',
  'ECDSA_SHA_256',
  'ECDSA_SHA_384',
  'ECDSA_SHA_512',
  'SM2DSA',
  'ML_DSA_SHAKE_256',
  'ED25519_SHA_512',
  'ED25519_PH_SHA_512',
);
const grantOperation = choice(
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
  'Sign',
  'Verify',
  'GetPublicKey',
  'CreateGrant',
  'RetireGrant',
  'DescribeKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateMac',
  'VerifyMac',
  'DeriveSharedSecret',
  'Encapsulate',
  'Decapsulate',
);

const dataKey = { ...use, EncryptionContext: map, NumberOfBytes: whole(1, 1_024), KeySpec: choice('AES_256', 'AES_128') };
const dataKeyPair = {
  ...use,
  EncryptionContext: map,
  KeyPairSpec: required(choice(...rsaSpecs, ...curveSpecs, 'SM2', 'ECC_NIST_EDWARDS25519', ...kemSpecs)),
};
const mac = { ...use, Message: required(message), MacAlgorithm: required(macAlgorithm) };
const signing = {
  ...use,
  Message: required(message),
  MessageType: choice('RAW', 'DIGEST', 'EXTERNAL_MU'),
  SigningAlgorithm: required(signingAlgorithm),
};
const alias = { AliasName: required(aliasName), TargetKeyId: required(keyId) };
const makeKey = { Policy: policy, Description: description, BypassPolicyLockoutSafetyCheck: flag, Tags: tags };

/**
 * The parameters of every operation with the bounds that KMS checks before anything else. The figures are those of the service
 * model (https://github.com/aws/api-models-aws, kms), except where the API reference gives narrower ones: the lengths of
 * pages and the days of a deletion's window.
 */
export const REQUESTS = {
  CancelKeyDeletion: key,
  CreateAlias: alias,
  CreateGrant: {
    ...use,
    GranteePrincipal: principal,
    GranteeServicePrincipal: servicePrincipal,
    RetiringPrincipal: principal,
    RetiringServicePrincipal: servicePrincipal,
    Operations: required(list(grantOperation, Number.POSITIVE_INFINITY)),
    Constraints: structure({ EncryptionContextSubset: map, EncryptionContextEquals: map, SourceArn: text(1, 2_048) }),
    Name: text(1, 256, '^[a-zA-Z0-9:/_-]+$'),
  },
  CreateKey: {
    ...makeKey,
    KeyUsage: keyUsage,
    CustomerMasterKeySpec: choice(...oldSpecs),
    KeySpec: keySpec,
    Origin: choice('AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'),
    CustomKeyStoreId: text(1, 64),
    MultiRegion: flag,
    XksKeyId: text(1, 128, '^[a-zA-Z0-9-_.]+$'),
  },
  Decrypt: {
    KeyId: keyId,
    ...grantTokens,
    ...dryRun,
    CiphertextBlob: ciphertext,
    EncryptionContext: map,
    EncryptionAlgorithm: encryptionAlgorithm,
    Recipient: recipient,
    DryRunModifiers: dryRunModifiers,
  },
  DeleteAlias: { AliasName: required(aliasName) },
  DeleteImportedKeyMaterial: { ...key, KeyMaterialId: materialId },
  DeriveSharedSecret: {
    ...use,
    KeyAgreementAlgorithm: required(choice('ECDH')),
    PublicKey: required(bytes(1, 8_192)),
    Recipient: recipient,
  },
  DescribeKey: { ...key, ...grantTokens },
  DisableKey: key,
  DisableKeyRotation: key,
  EnableKey: key,
  EnableKeyRotation: { ...key, RotationPeriodInDays: whole(90, 2_560) },
  Encrypt: { ...use, Plaintext: required(message), EncryptionContext: map, EncryptionAlgorithm: encryptionAlgorithm },
  GenerateDataKey: { ...dataKey, Recipient: recipient },
  GenerateDataKeyPair: { ...dataKeyPair, Recipient: recipient },
  GenerateDataKeyPairWithoutPlaintext: dataKeyPair,
  GenerateDataKeyWithoutPlaintext: dataKey,
  GenerateMac: mac,
  GenerateRandom: { NumberOfBytes: whole(1, 1_024), CustomKeyStoreId: text(1, 64), Recipient: recipient },
  GetKeyLastUsage: key,
  GetKeyPolicy: { ...key, PolicyName: policyName },
  GetKeyRotationStatus: key,
  GetParametersForImport: {
    ...key,
    WrappingAlgorithm: required(
      choice('RSAES_PKCS1_V1_5', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'RSA_AES_KEY_WRAP_SHA_1', 'RSA_AES_KEY_WRAP_SHA_256', 'SM2PKE'),
    ),
    WrappingKeySpec: required(choice(...rsaSpecs, 'SM2')),
  },
  GetPublicKey: { ...key, ...grantTokens },
  ImportKeyMaterial: {
    ...key,
    ImportToken: required(ciphertext),
    EncryptedKeyMaterial: required(ciphertext),
    ValidTo: moment,
    ExpirationModel: choice('KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE'),
    ImportType: choice('NEW_KEY_MATERIAL', 'EXISTING_KEY_MATERIAL'),
    KeyMaterialDescription: text(0, 256, '^[a-zA-Z0-9:/_\\s.-]+$'),
    KeyMaterialId: materialId,
  },
  ListAliases: { KeyId: keyId, ...page(100) },
  ListGrants: { ...key, ...page(100), GrantId: grantId, GranteePrincipal: principal, GranteeServicePrincipal: servicePrincipal },
  ListKeyPolicies: { ...key, ...page(1_000) },
  ListKeyRotations: { ...key, ...page(1_000), IncludeKeyMaterial: choice('ALL_KEY_MATERIAL', 'ROTATIONS_ONLY') },
  ListKeys: page(1_000),
  ListResourceTags: { ...key, ...page(50) },
  ListRetirableGrants: { ...page(100), RetiringPrincipal: principal, RetiringServicePrincipal: servicePrincipal },
  PutKeyPolicy: { ...key, PolicyName: policyName, Policy: required(policy), BypassPolicyLockoutSafetyCheck: flag },
  ReEncrypt: {
    ...grantTokens,
    ...dryRun,
    CiphertextBlob: ciphertext,
    SourceEncryptionContext: map,
    SourceKeyId: keyId,
    DestinationKeyId: required(keyId),
    DestinationEncryptionContext: map,
    SourceEncryptionAlgorithm: encryptionAlgorithm,
    DestinationEncryptionAlgorithm: encryptionAlgorithm,
    DryRunModifiers: dryRunModifiers,
  },
  ReplicateKey: { ...key, ReplicaRegion: required(region), ...makeKey },
  RetireGrant: { GrantToken: text(1, 8_192), KeyId: keyId, GrantId: grantId, ...dryRun },
  RevokeGrant: { ...key, GrantId: required(grantId), ...dryRun },
  RotateKeyOnDemand: key,
  ScheduleKeyDeletion: { ...key, PendingWindowInDays: whole(7, 30) },
  Sign: signing,
  TagResource: { ...key, Tags: required(tags) },
  UntagResource: { ...key, TagKeys: required(list(tagKey, Number.POSITIVE_INFINITY)) },
  UpdateAlias: alias,
  UpdateKeyDescription: { ...key, Description: required(description) },
  UpdatePrimaryRegion: { ...key, PrimaryRegion: required(region) },
  Verify: { ...signing, Signature: required(ciphertext) },
  VerifyMac: { ...mac, Mac: required(ciphertext) },
} as const satisfies Readonly<Record<string, Members>>;

/** The parameters of one operation, once read. */
export type Parameters<Name extends keyof typeof REQUESTS> = ValuesOf<(typeof REQUESTS)[Name]>;
