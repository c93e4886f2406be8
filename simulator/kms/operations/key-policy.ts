import { seenView } from '../keys/read-moment.ts';
import { KmsRefusal, notFound } from '../refusal.ts';
import { keyOperation } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';

/** The only name a key policy can have. */
const POLICY_NAME = 'default';

const requirePolicyName = (name: string = POLICY_NAME): void => {
  if (name !== POLICY_NAME) throw notFound('No such policy exists');
};

/** The policy of a key made without one: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export const defaultPolicy = (account: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  });

/** @throws KmsRefusal (MalformedPolicyDocumentException) for what is no JSON object. Policies are kept and given back; who is let in by them is decided elsewhere. */
export const requirePolicy = (text: string): string => {
  const malformed = new KmsRefusal('MalformedPolicyDocumentException', 'Policy is not a JSON object.');
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document !== 'object' || document === null || Array.isArray(document)) throw malformed;
  } catch {
    throw malformed;
  }
  return text;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html */
export const getKeyPolicy = keyOperation({
  name: 'GetKeyPolicy',
  run: ({ PolicyName }, key, call) => {
    requirePolicyName(PolicyName);
    return { Policy: seenView(call, key).policy, PolicyName: POLICY_NAME };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const putKeyPolicy = keyOperation({
  name: 'PutKeyPolicy',
  run: ({ PolicyName, Policy }, key, { world }) => {
    requirePolicyName(PolicyName);
    key.change(world.clock.now(), { policy: requirePolicy(Policy) });
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html */
export const listKeyPolicies = keyOperation({
  name: 'ListKeyPolicies',
  run: ({ Limit = 100, Marker }) => {
    const page = pageOf([POLICY_NAME], Limit, Marker);
    return { PolicyNames: page.names, ...pagingAnswer(page) };
  },
});
