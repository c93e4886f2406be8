import { type PolicyDocument, readPolicy } from './policy-document.ts';

/** In a key policy, a condition on aliases never finds any: it counts in IAM policies only. */
const WITHOUT_MEANING = /"kms:ResourceAliases"/gi;

/** A condition key that no request has. */
const NEVER_PRESENT = '"kms:ResourceAliasesCountInIdentityPoliciesOnly"';

/** The policy of a key that nobody may use: what is left when the text says nothing that IAM understands. */
const MUTE = readPolicy('key', 'not understood', {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'kms:Nothing', Resource: '*' }],
});

/**
 * A key policy as it counts when KMS decides.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
 */
export const readKeyPolicy = (text: string): PolicyDocument => {
  try {
    return readPolicy('key', 'default', text.replace(WITHOUT_MEANING, NEVER_PRESENT));
  } catch (error) {
    if (error instanceof RangeError) return MUTE;
    throw error;
  }
};
