import { createAlias, listAliases } from './aliases.ts';
import { createKey } from './create-key.ts';
import { decrypt } from './decrypt.ts';
import { describeKey } from './describe-key.ts';
import { disableKey, enableKey } from './enable-disable.ts';
import { encrypt } from './encrypt.ts';
import { getPublicKey } from './get-public-key.ts';
import { cancelKeyDeletion, scheduleKeyDeletion } from './key-deletion.ts';
import { getKeyPolicy, putKeyPolicy } from './key-policy.ts';
import { listKeys } from './list-keys.ts';
import { generateMac, verifyMac } from './mac.ts';
import type { Operation } from './operation.ts';
import { replicateKey } from './replicate-key.ts';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from './rotation.ts';
import { sign, verify } from './sign-verify.ts';
import { listResourceTags, tagResource, untagResource } from './tags.ts';
import { updatePrimaryRegion } from './update-primary-region.ts';

/** Every operation of this KMS, by the name that calls it. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  [
    cancelKeyDeletion,
    createAlias,
    createKey,
    decrypt,
    describeKey,
    disableKey,
    disableKeyRotation,
    enableKey,
    enableKeyRotation,
    encrypt,
    generateMac,
    getKeyPolicy,
    getKeyRotationStatus,
    getPublicKey,
    listAliases,
    listKeys,
    listResourceTags,
    putKeyPolicy,
    replicateKey,
    scheduleKeyDeletion,
    sign,
    tagResource,
    untagResource,
    updatePrimaryRegion,
    verify,
    verifyMac,
  ].map((operation) => [operation.name, operation]),
);
