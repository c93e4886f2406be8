import {
  createValidatedPolicy,
  loadPolicy,
  type Policy,
  type ValidatedPolicy,
  type ValidationError,
  validateIdentityPolicy,
  validateResourcePolicy,
  validateServiceControlPolicy,
} from '@cloud-copilot/iam-policy';

/** A policy as JSON or as its text. */
export type PolicyText = string | Readonly<Record<string, unknown>>;

type PolicyKind = 'identity' | 'key' | 'service control';

/** A policy that IAM would accept. */
export interface PolicyDocument {
  /** As the library takes it: with a name, without which its synchronous core fails on key policies. */
  readonly policy: ValidatedPolicy<{ readonly name: string }>;
  /** The condition keys that it asks for or puts into its texts as variables, in lower case: nothing else of a request can change its answer. */
  readonly conditionKeys: ReadonlySet<string>;
}

const VALIDATE: Readonly<Record<PolicyKind, (policy: unknown) => ValidationError[]>> = {
  identity: validateIdentityPolicy,
  key: validateResourcePolicy,
  'service control': validateServiceControlPolicy,
};

const VARIABLE = /\$\{([^},]+)/g;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (policy: PolicyText): unknown => {
  if (typeof policy !== 'string') return policy;
  try {
    return JSON.parse(policy);
  } catch {
    return undefined;
  }
};

const conditionKeysOf = (policy: Policy): ReadonlySet<string> => {
  const asked = policy.statements().flatMap((statement) => statement.conditions().map((condition) => condition.conditionKey()));
  const variables = [...JSON.stringify(policy.toJSON()).matchAll(VARIABLE)].flatMap(([, name = '']) => name.trim());
  return new Set([...asked, ...variables].map((name) => name.toLowerCase()));
};

/** The library lets a key policy's statement do without; KMS does not. */
const requirePrincipals = (policy: Policy, name: string): void => {
  const without = policy.statements().findIndex((statement) => !statement.isPrincipalStatement() && !statement.isNotPrincipalStatement());
  if (without >= 0)
    throw new RangeError(`Expected the key policy '${name}' to be one that KMS accepts, but Statement[${without}] has no Principal.`);
};

/** @throws RangeError that says what IAM would not accept, and where */
export const readPolicy = (kind: PolicyKind, name: string, text: PolicyText): PolicyDocument => {
  const json = parse(text);
  if (!isObject(json)) throw new RangeError(`Expected the ${kind} policy '${name}' to be a JSON object, got ${JSON.stringify(text)}.`);
  const policy = createValidatedPolicy(json, VALIDATE[kind], { name });
  if (policy.errors.length > 0) {
    const told = policy.errors.map(({ path, message }) => `${path === '' ? 'the document' : path}: ${message}`).join('; ');
    throw new RangeError(`Expected the ${kind} policy '${name}' to be one that IAM accepts, but ${told}.`);
  }
  const loaded = loadPolicy(policy);
  if (kind === 'key') requirePrincipals(loaded, name);
  return { policy, conditionKeys: conditionKeysOf(loaded) };
};
