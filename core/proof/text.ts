import type { KeyRef } from '../key/key.ts';

/** The text that proves a symmetric key: known without being stored, and no secret. */
export const proofText = (key: KeyRef): string => `mrk-failover proof of ${key.account}/${key.keyId}`;

/**
 * The encryption context of every proof. The role may encrypt and decrypt under no other, so it can never read customer data:
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 */
export const PROOF_CONTEXT: Readonly<Record<string, string>> = { 'mrk-failover': 'proof' };
