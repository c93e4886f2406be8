import { createAlias, deleteAlias, listAliases, updateAlias } from './aliases.ts';
import { createKey } from './create-key.ts';
import { decrypt } from './decrypt.ts';
import { deriveSharedSecret } from './derive-shared-secret.ts';
import { describeKey } from './describe-key.ts';
import { disableKey, enableKey } from './enable-disable.ts';
import { encrypt } from './encrypt.ts';
import {
  generateDataKey,
  generateDataKeyPair,
  generateDataKeyPairWithoutPlaintext,
  generateDataKeyWithoutPlaintext,
} from './generate-data-key.ts';
import { generateRandom } from './generate-random.ts';
import { getKeyLastUsage } from './get-key-last-usage.ts';
import { getPublicKey } from './get-public-key.ts';
import { createGrant, listGrants, listRetirableGrants, retireGrant, revokeGrant } from './grants.ts';
import { deleteImportedKeyMaterial, getParametersForImport, importKeyMaterial } from './import.ts';
import { cancelKeyDeletion, scheduleKeyDeletion } from './key-deletion.ts';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './key-policy.ts';
import { listKeys } from './list-keys.ts';
import { generateMac, verifyMac } from './mac.ts';
import type { Operation } from './operation.ts';
import { reEncrypt } from './re-encrypt.ts';
import { replicateKey } from './replicate-key.ts';
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus, listKeyRotations, rotateKeyOnDemand } from './rotation.ts';
import { sign, verify } from './sign-verify.ts';
import { listResourceTags, tagResource, untagResource } from './tags.ts';
import { updateKeyDescription } from './update-key-description.ts';
import { updatePrimaryRegion } from './update-primary-region.ts';

/** Every operation of this KMS, by the name that calls it. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  [
    cancelKeyDeletion,
    createAlias,
    createGrant,
    createKey,
    decrypt,
    deleteAlias,
    deleteImportedKeyMaterial,
    deriveSharedSecret,
    describeKey,
    disableKey,
    disableKeyRotation,
    enableKey,
    enableKeyRotation,
    encrypt,
    generateDataKey,
    generateDataKeyPair,
    generateDataKeyPairWithoutPlaintext,
    generateDataKeyWithoutPlaintext,
    generateMac,
    generateRandom,
    getKeyLastUsage,
    getKeyPolicy,
    getKeyRotationStatus,
    getParametersForImport,
    getPublicKey,
    importKeyMaterial,
    listAliases,
    listGrants,
    listKeyPolicies,
    listKeyRotations,
    listKeys,
    listResourceTags,
    listRetirableGrants,
    putKeyPolicy,
    reEncrypt,
    replicateKey,
    retireGrant,
    revokeGrant,
    rotateKeyOnDemand,
    scheduleKeyDeletion,
    sign,
    tagResource,
    untagResource,
    updateAlias,
    updateKeyDescription,
    updatePrimaryRegion,
    verify,
    verifyMac,
  ].map((operation) => [operation.name, operation]),
);
