import type { Grant, GrantConstraints } from '../keys/grant.ts';
import type { Caller } from './caller.ts';

type EncryptionContext = Readonly<Record<string, string>>;

/** The operations that carry an encryption context; the constraints of a grant bind them and CreateGrant, and no others. */
const WITH_ENCRYPTION_CONTEXT: ReadonlySet<string> = new Set([
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]);

/** ReEncrypt carries two encryption contexts, and is asked about twice. */
const CONTEXT_PARAMETER: Readonly<Record<string, string>> = {
  ReEncryptFrom: 'SourceEncryptionContext',
  ReEncryptTo: 'DestinationEncryptionContext',
};

const contextIn = (value: unknown): EncryptionContext | undefined =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]))
    : undefined;

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const contains = (whole: EncryptionContext, part: EncryptionContext): boolean =>
  Object.entries(part).every(([name, value]) => whole[name] === value);

const same = (one: EncryptionContext, other: EncryptionContext): boolean => contains(one, other) && contains(other, one);

const meets = (constraints: GrantConstraints | undefined, context: EncryptionContext): boolean => {
  const { encryptionContextEquals: equal, encryptionContextSubset: subset } = constraints ?? {};
  return (equal === undefined || same(equal, context)) && (subset === undefined || contains(context, subset));
};

/**
 * A grant that lets its holder make grants lets it hand on no more than it has itself.
 * https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-creategrant
 */
const covers = ({ constraints, operations }: Grant, { Constraints, Operations }: Readonly<Record<string, unknown>>): boolean => {
  if (!Array.isArray(Operations) || !Operations.every((operation) => operations.includes(String(operation)))) return false;
  if (constraints === undefined) return true;
  const equal = contextIn(fieldOf(Constraints, 'EncryptionContextEquals'));
  if (equal !== undefined) return meets(constraints, equal);
  const subset = contextIn(fieldOf(Constraints, 'EncryptionContextSubset'));
  return subset !== undefined && constraints.encryptionContextEquals === undefined && meets(constraints, subset);
};

/** A role's ARN means all its sessions; an account's root means itself and nobody in its account. */
const is = ({ arn, principalArn }: Caller, principal: string): boolean => arn === principal || principalArn === principal;

/** Whom a grant lets do what; its retiring principal may do nothing but end it. */
const allows = (grant: Grant, caller: Caller, action: string, parameters: Readonly<Record<string, unknown>>): boolean => {
  const { constraints, granteePrincipal, operations, retiringPrincipal } = grant;
  if (action === 'RetireGrant' && retiringPrincipal !== undefined && is(caller, retiringPrincipal)) return true;
  if (!operations.includes(action) || !is(caller, granteePrincipal)) return false;
  // Nobody calls this KMS on behalf of a resource, as AWS's services do; only to retire a grant is not bound by that.
  if (constraints?.sourceArn !== undefined && action !== 'RetireGrant') return false;
  if (action === 'CreateGrant') return covers(grant, parameters);
  if (!WITH_ENCRYPTION_CONTEXT.has(action)) return true;
  return meets(constraints, contextIn(parameters[CONTEXT_PARAMETER[action] ?? 'EncryptionContext']) ?? {});
};

/**
 * The grant that lets the caller do this, if there is one. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
 * @param grants those of the key that this call knows of; for RetireGrant only the one that is to be retired
 * @param action the IAM action, without `kms:`
 */
export const grantFor = (
  grants: readonly Grant[],
  caller: Caller,
  action: string,
  parameters: Readonly<Record<string, unknown>>,
): Grant | undefined => grants.find((grant) => allows(grant, caller, action, parameters));
