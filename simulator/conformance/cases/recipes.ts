import type { KeyKind, Step } from '../case.ts';

/** How an operation is called on the key of a case. */
export interface Recipe {
  readonly key: KeyKind;
  readonly request: Readonly<Record<string, unknown>>;
  /** What has to happen while the key is Enabled still. */
  readonly before?: readonly Step[];
  readonly notOnAws?: string;
}

const KEY = { KeyId: '{keyId}' };
const MESSAGE = new TextEncoder().encode('conformance');
const CONTEXT = { purpose: 'conformance' };

const ANOTHER_KEY = 'it needs a third key, of this usage';
const DELEGATION = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::{account}:root' },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

const encrypted: Step = {
  at: 'primary',
  operation: 'Encrypt',
  request: { ...KEY, Plaintext: MESSAGE, EncryptionContext: CONTEXT },
  keep: { ciphertext: 'CiphertextBlob' },
};
const authenticated: Step = {
  at: 'primary',
  operation: 'GenerateMac',
  request: { ...KEY, Message: MESSAGE, MacAlgorithm: 'HMAC_SHA_256' },
  keep: { mac: 'Mac' },
};
const signed: Step = {
  at: 'primary',
  operation: 'Sign',
  request: { ...KEY, Message: MESSAGE, SigningAlgorithm: 'ECDSA_SHA_256' },
  keep: { signature: 'Signature' },
};
const GRANT = { ...KEY, GranteePrincipal: 'arn:aws:iam::{account}:root', Operations: ['Decrypt', 'DescribeKey'] };
const granted: Step = { at: 'primary', operation: 'CreateGrant', request: GRANT, keep: { grant: 'GrantId', token: 'GrantToken' } };
const WRAPPING = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
const asked: Step = {
  at: 'primary',
  operation: 'GetParametersForImport',
  request: { ...KEY, ...WRAPPING },
  keep: { 'import token': 'ImportToken', 'public key': 'PublicKey' },
};
const ALIAS = { AliasName: '{alias}', TargetKeyId: '{keyId}' };
const named: Step = { at: 'primary', operation: 'CreateAlias', request: ALIAS };

/** By operation. Whatever they need that is not there from the beginning, they make before the key gets into its state. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  DescribeKey: { key: 'symmetric', request: KEY },
  GetKeyPolicy: { key: 'symmetric', request: { ...KEY, PolicyName: 'default' } },
  PutKeyPolicy: { key: 'symmetric', request: { ...KEY, PolicyName: 'default', Policy: DELEGATION } },
  ListAliases: { key: 'symmetric', request: KEY },
  ListGrants: { key: 'symmetric', request: KEY },
  ListKeyPolicies: { key: 'symmetric', request: KEY },
  ListResourceTags: { key: 'symmetric', request: KEY },
  RetireGrant: { key: 'symmetric', before: [granted], request: { KeyId: '{primary}', GrantId: '{kept.grant}' } },
  RevokeGrant: { key: 'symmetric', before: [granted], request: { ...KEY, GrantId: '{kept.grant}' } },
  Encrypt: { key: 'symmetric', request: encrypted.request },
  Decrypt: { key: 'symmetric', before: [encrypted], request: { CiphertextBlob: '{kept.ciphertext}', EncryptionContext: CONTEXT } },
  ReEncrypt: {
    key: 'symmetric',
    before: [encrypted],
    request: { CiphertextBlob: '{kept.ciphertext}', SourceEncryptionContext: CONTEXT, DestinationKeyId: '{keyId}' },
  },
  GenerateDataKey: { key: 'symmetric', request: { ...KEY, KeySpec: 'AES_256' } },
  GenerateDataKeyWithoutPlaintext: { key: 'symmetric', request: { ...KEY, KeySpec: 'AES_256' } },
  GenerateDataKeyPair: { key: 'symmetric', request: { ...KEY, KeyPairSpec: 'ECC_NIST_P256' } },
  GenerateDataKeyPairWithoutPlaintext: { key: 'symmetric', request: { ...KEY, KeyPairSpec: 'ECC_NIST_P256' } },
  GenerateMac: { key: 'hmac', request: authenticated.request, notOnAws: ANOTHER_KEY },
  VerifyMac: {
    key: 'hmac',
    before: [authenticated],
    request: { ...authenticated.request, Mac: '{kept.mac}' },
    notOnAws: ANOTHER_KEY,
  },
  Sign: { key: 'ecc', request: signed.request, notOnAws: ANOTHER_KEY },
  Verify: { key: 'ecc', before: [signed], request: { ...signed.request, Signature: '{kept.signature}' }, notOnAws: ANOTHER_KEY },
  GetPublicKey: { key: 'ecc', request: KEY, notOnAws: ANOTHER_KEY },
  DeriveSharedSecret: {
    key: 'key agreement',
    before: [{ at: 'primary', operation: 'GetPublicKey', request: KEY, keep: { peer: 'PublicKey' } }],
    request: { ...KEY, KeyAgreementAlgorithm: 'ECDH', PublicKey: '{kept.peer}' },
    notOnAws: ANOTHER_KEY,
  },
  UpdatePrimaryRegion: { key: 'symmetric', request: { ...KEY, PrimaryRegion: '{replicaRegion}' } },
  ReplicateKey: {
    key: 'symmetric',
    request: { ...KEY, ReplicaRegion: '{thirdRegion}' },
    notOnAws: 'it would make a key in a third Region',
  },
  EnableKey: { key: 'symmetric', request: KEY },
  DisableKey: { key: 'symmetric', request: KEY },
  ScheduleKeyDeletion: { key: 'symmetric', request: { ...KEY, PendingWindowInDays: 7 } },
  CancelKeyDeletion: { key: 'symmetric', request: KEY },
  CreateGrant: { key: 'symmetric', request: GRANT },
  EnableKeyRotation: { key: 'symmetric', request: KEY },
  DisableKeyRotation: { key: 'symmetric', request: KEY },
  GetKeyRotationStatus: { key: 'symmetric', request: KEY },
  TagResource: { key: 'symmetric', request: { ...KEY, Tags: [{ TagKey: 'mrk-failover-conformance-case', TagValue: 'yes' }] } },
  UntagResource: { key: 'symmetric', request: { ...KEY, TagKeys: ['mrk-failover-conformance-case'] } },
  UpdateKeyDescription: { key: 'symmetric', request: { ...KEY, Description: 'of the conformance run' } },
  CreateAlias: { key: 'symmetric', request: ALIAS },
  UpdateAlias: { key: 'symmetric', before: [named], request: ALIAS },
  DeleteAlias: { key: 'symmetric', before: [named], request: { AliasName: '{alias}' } },
  GetParametersForImport: { key: 'imported', request: asked.request },
  ImportKeyMaterial: {
    key: 'imported',
    before: [asked],
    request: {
      ...KEY,
      ImportToken: '{kept.import token}',
      EncryptedKeyMaterial: '{wrapped material}',
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    },
  },
  DeleteImportedKeyMaterial: { key: 'imported', request: KEY },
};
