type Values = string | readonly string[];

/** The condition keys that repeat a parameter of the request as it is; those of an existing key go before them. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
const SAME_AS_PARAMETER: Readonly<Record<string, string>> = {
  PrimaryRegion: 'kms:PrimaryRegion',
  ReplicaRegion: 'kms:ReplicaRegion',
  EncryptionAlgorithm: 'kms:EncryptionAlgorithm',
  SigningAlgorithm: 'kms:SigningAlgorithm',
  MacAlgorithm: 'kms:MacAlgorithm',
  KeyAgreementAlgorithm: 'kms:KeyAgreementAlgorithm',
  MessageType: 'kms:MessageType',
  KeyPairSpec: 'kms:DataKeyPairSpec',
  PendingWindowInDays: 'kms:ScheduleKeyDeletionPendingWindowInDays',
  RotationPeriodInDays: 'kms:RotationPeriodInDays',
  WrappingAlgorithm: 'kms:WrappingAlgorithm',
  WrappingKeySpec: 'kms:WrappingKeySpec',
  ExpirationModel: 'kms:ExpirationModel',
  ValidTo: 'kms:ValidTo',
  BypassPolicyLockoutSafetyCheck: 'kms:BypassPolicyLockoutSafetyCheck',
  GranteePrincipal: 'kms:GranteePrincipal',
  RetiringPrincipal: 'kms:RetiringPrincipal',
  Operations: 'kms:GrantOperations',
  KeySpec: 'kms:KeySpec',
  KeyUsage: 'kms:KeyUsage',
  Origin: 'kms:KeyOrigin',
  MultiRegion: 'kms:MultiRegion',
};

/** What KMS takes for said when the request leaves it out. */
const UNSAID: Readonly<Record<string, string>> = {
  EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  MessageType: 'RAW',
  BypassPolicyLockoutSafetyCheck: 'false',
  KeySpec: 'SYMMETRIC_DEFAULT',
  KeyUsage: 'ENCRYPT_DECRYPT',
  Origin: 'AWS_KMS',
  MultiRegion: 'false',
};

/** ReEncrypt is asked about twice, and names what concerns either side in parameters of its own. */
const sided = (action: string, parameters: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  if (action !== 'ReEncryptFrom' && action !== 'ReEncryptTo') return parameters;
  const side = action === 'ReEncryptFrom' ? 'Source' : 'Destination';
  return { EncryptionContext: parameters[`${side}EncryptionContext`], EncryptionAlgorithm: parameters[`${side}EncryptionAlgorithm`] };
};

const text = (value: unknown): Values => (Array.isArray(value) ? value.map(String) : String(value));

const entriesOf = (value: unknown): readonly [string, string][] =>
  typeof value === 'object' && value !== null ? Object.entries(value).map(([name, given]) => [name, String(given)]) : [];

const fieldOf = (item: unknown, name: string): string | undefined => entriesOf(item).find(([field]) => field === name)?.[1];

/** Tags to be added carry names and values, tags to be removed names only. */
const tagContext = ({ Tags, TagKeys }: Readonly<Record<string, unknown>>): Record<string, Values> => {
  const added = (Array.isArray(Tags) ? Tags : []).flatMap((tag) => {
    const name = fieldOf(tag, 'TagKey');
    return name === undefined ? [] : [{ name, value: fieldOf(tag, 'TagValue') ?? '' }];
  });
  const names = [...added.map(({ name }) => name), ...(Array.isArray(TagKeys) ? TagKeys.map(String) : [])];
  return {
    ...Object.fromEntries(added.map(({ name, value }) => [`aws:RequestTag/${name}`, value])),
    ...(names.length > 0 && { 'aws:TagKeys': names }),
  };
};

const encryptionContextOf = (context: unknown): Record<string, Values> => {
  const pairs = entriesOf(context);
  if (pairs.length === 0) return {};
  return {
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
    'kms:EncryptionContextKeys': pairs.map(([name]) => name),
  };
};

const grantConstraintType = (constraints: unknown): Record<string, Values> => {
  const [first] = entriesOf(constraints);
  return first === undefined ? {} : { 'kms:GrantConstraintType': first[0] };
};

/** A key's name in the request counts as an alias in any spelling: `alias/orders`, or an alias's ARN. */
const requestAlias = (keyId: unknown): Record<string, Values> => {
  const [, alias] = /(?:^|:)(alias\/.+)$/.exec(typeof keyId === 'string' ? keyId : '') ?? [];
  return alias === undefined ? {} : { 'kms:RequestAlias': alias };
};

/**
 * The condition keys that a request's own parameters fill. It may give more than the action has; IAM's data say which count.
 * @param action the IAM action, without `kms:`
 * @param parameters the request's JSON body
 * @param keyIdText how the request named the key in question
 */
export const parameterContext = (
  action: string,
  parameters: Readonly<Record<string, unknown>>,
  keyIdText: unknown,
): Record<string, Values> => {
  const given = sided(action, parameters);
  const repeated = Object.entries(SAME_AS_PARAMETER).flatMap(([parameter, conditionKey]) => {
    const value = given[parameter] ?? UNSAID[parameter];
    return value === undefined ? [] : [[conditionKey, text(value)] as const];
  });
  return {
    ...Object.fromEntries(repeated),
    ...encryptionContextOf(given.EncryptionContext),
    ...tagContext(given),
    ...grantConstraintType(given.Constraints),
    ...requestAlias(keyIdText),
  };
};
