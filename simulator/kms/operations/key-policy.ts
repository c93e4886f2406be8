import { z } from 'zod';
import { KmsRefusal } from '../refusal.ts';
import { operation, usableKey } from './operation.ts';
import { flag, keyIdText, policyText } from './parameters.ts';

/** The only name a key policy can have. */
const policyName = z.literal('default').optional();

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

/** @throws KmsRefusal (MalformedPolicyDocumentException) for what is no JSON object. Policies are kept and given back, not evaluated. */
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
export const getKeyPolicy = operation({
  name: 'GetKeyPolicy',
  parameters: z.strictObject({ KeyId: keyIdText, PolicyName: policyName }),
  run: ({ KeyId }, call) => ({ Policy: usableKey(call, KeyId).now.policy, PolicyName: 'default' }),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html */
export const putKeyPolicy = operation({
  name: 'PutKeyPolicy',
  parameters: z.strictObject({ KeyId: keyIdText, PolicyName: policyName, Policy: policyText, BypassPolicyLockoutSafetyCheck: flag }),
  run: ({ KeyId, Policy }, call) => {
    usableKey(call, KeyId).change(call.world.clock.now(), { policy: requirePolicy(Policy) });
    return undefined;
  },
});
