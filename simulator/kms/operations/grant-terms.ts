import type { Grant, GrantConstraints } from '../keys/grant.ts';
import { isAsymmetric, type KeyUsage } from '../keys/key-specs.ts';
import type { KmsKey, RegionalKey } from '../keys/kms-key.ts';
import type { Parameters } from '../model/requests.ts';
import { KmsRefusal, validation } from '../refusal.ts';

type CreateGrantParameters = Parameters<'CreateGrant'>;
type GrantOperation = CreateGrantParameters['Operations'][number];

/** What a grant says, without what KMS adds to it. */
export type GrantTerms = Pick<Grant, 'name' | 'granteePrincipal' | 'retiringPrincipal' | 'issuingAccount' | 'operations' | 'constraints'>;

/** One of two ways to name somebody, of which a request may use one. @throws KmsRefusal (ValidationException) when it uses both */
export const either = (names: Readonly<Record<string, string | undefined>>): string | undefined => {
  const given = Object.entries(names).filter(([, name]) => name !== undefined);
  if (given.length > 1) throw validation(`Only one of ${Object.keys(names).join(' and ')} can be given.`);
  return given[0]?.[1];
};

/** An account, a user, a role, a federated user or a role's session: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const PRINCIPAL = /^arn:aws:(iam::\d{12}:(root|user\/.+|role\/.+)|sts::\d{12}:(assumed-role\/.+\/.+|federated-user\/.+))$/;

/** @throws KmsRefusal (InvalidArnException) for what names nobody; a service has a parameter of its own */
const requirePrincipals = (...principals: readonly (string | undefined)[]): void => {
  if (principals.some((principal) => principal !== undefined && !PRINCIPAL.test(principal)))
    throw new KmsRefusal('InvalidArnException', 'ARN does not refer to a valid principal');
};

const WITH_EVERY_KEY: ReadonlySet<GrantOperation> = new Set(['CreateGrant', 'DescribeKey', 'RetireGrant']);
const ENCRYPTING = ['Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo'] as const;
const DATA_KEYS = [
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
] as const;

const OPERATIONS_OF: Readonly<Record<KeyUsage, readonly GrantOperation[]>> = {
  ENCRYPT_DECRYPT: ENCRYPTING,
  SIGN_VERIFY: ['Sign', 'Verify'],
  GENERATE_VERIFY_MAC: ['GenerateMac', 'VerifyMac'],
  KEY_AGREEMENT: ['DeriveSharedSecret'],
};

/** https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations */
const isFor = (operation: GrantOperation, { keySpec, keyUsage }: KmsKey): boolean => {
  if (WITH_EVERY_KEY.has(operation) || OPERATIONS_OF[keyUsage].includes(operation)) return true;
  if (operation === 'GetPublicKey') return isAsymmetric(keySpec);
  return keySpec === 'SYMMETRIC_DEFAULT' && DATA_KEYS.some((name) => name === operation);
};

const requireOperations = (operations: readonly GrantOperation[], { key }: RegionalKey): void => {
  if (operations.length === 0) throw validation('A grant must allow at least one operation.');
  const unfit = operations.filter((operation) => !isFor(operation, key));
  if (unfit.length > 0)
    throw validation(`A key of spec ${key.keySpec} and usage ${key.keyUsage} cannot have a grant for ${[...new Set(unfit)].join(', ')}.`);
};

/** Encryption contexts belong to symmetric encryption alone, so that no other key's grant can demand one. */
const constraintsOf = ({ Constraints: given }: CreateGrantParameters, { key: { keySpec } }: RegionalKey): GrantConstraints | undefined => {
  if (given === undefined) return undefined;
  const { EncryptionContextSubset, EncryptionContextEquals, SourceArn } = given;
  const demandsContext = EncryptionContextSubset !== undefined || EncryptionContextEquals !== undefined;
  if (demandsContext && keySpec !== 'SYMMETRIC_DEFAULT')
    throw validation(`A key of spec ${keySpec} has no encryption context that a grant could demand.`);
  return { encryptionContextSubset: EncryptionContextSubset, encryptionContextEquals: EncryptionContextEquals, sourceArn: SourceArn };
};

/** @param account whose grant it is @throws KmsRefusal (ValidationException, InvalidArnException) for what this key cannot have a grant of */
export const termsOf = (parameters: CreateGrantParameters, key: RegionalKey, account: string): GrantTerms => {
  const { GranteePrincipal, GranteeServicePrincipal, RetiringPrincipal, RetiringServicePrincipal, Operations, Name: name } = parameters;
  const granteePrincipal = either({ GranteePrincipal, GranteeServicePrincipal });
  if (granteePrincipal === undefined) throw validation('One of GranteePrincipal and GranteeServicePrincipal must be given.');
  const retiringPrincipal = either({ RetiringPrincipal, RetiringServicePrincipal });
  requirePrincipals(GranteePrincipal, RetiringPrincipal);
  requireOperations(Operations, key);
  return {
    name,
    granteePrincipal,
    retiringPrincipal,
    issuingAccount: `arn:aws:iam::${account}:root`,
    operations: [...new Set(Operations)],
    constraints: constraintsOf(parameters, key),
  };
};
