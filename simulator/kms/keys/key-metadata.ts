import { keyArn } from './arn.ts';
import { algorithmsOf, type KeyUsage } from './key-specs.ts';
import type { KmsKey, RegionalKey } from './kms-key.ts';
import type { KeyState, RegionalView, Relations } from './regional-view.ts';

/** awsJson1.1 writes moments as seconds since 1970. */
export const wireDate = (epochMs: number): number => epochMs / 1_000;

/** The name under which the metadata lists a key's algorithms. */
const ALGORITHM_LIST: Readonly<Record<KeyUsage, string>> = {
  ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
  SIGN_VERIFY: 'SigningAlgorithms',
  GENERATE_VERIFY_MAC: 'MacAlgorithms',
  KEY_AGREEMENT: 'KeyAgreementAlgorithms',
};

/** The key's algorithms under the name that its usage gives them, such as `SigningAlgorithms`. */
export const algorithmList = ({ key: { keySpec, keyUsage } }: RegionalKey): Record<string, readonly string[]> => ({
  [ALGORITHM_LIST[keyUsage]]: algorithmsOf(keySpec, keyUsage),
});

const multiRegionConfiguration = ({ key: { account, keyId } }: RegionalKey, { role, primaryRegion, replicaRegions }: Relations) => {
  const related = (region: string) => ({ Arn: keyArn(account, region, keyId), Region: region });
  return { MultiRegionKeyType: role, PrimaryKey: related(primaryRegion), ReplicaKeys: replicaRegions.map(related) };
};

const currentMaterialId = ({ keySpec, materials }: KmsKey, state: KeyState) => {
  const current = materials.at(-1)?.material.id;
  return keySpec === 'SYMMETRIC_DEFAULT' && state !== 'Creating' && current !== undefined ? { CurrentKeyMaterialId: current } : {};
};

/** Whether and when imported material expires here: that which expires first. */
const expiry = ({ imported }: RegionalKey) => {
  if (imported.size === 0) return {};
  const firstMs = Math.min(...[...imported.values()].map(({ validToMs }) => validToMs ?? Number.POSITIVE_INFINITY));
  return Number.isFinite(firstMs)
    ? { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: wireDate(firstMs) }
    : { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
};

/**
 * The KeyMetadata structure: https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 * `Enabled` is true in the state Enabled only, though cryptography goes on while Updating.
 * @param relations who is who; a read during Updating may show those of before
 */
export const keyMetadata = (regional: RegionalKey, view: RegionalView, relations: Relations = view): Record<string, unknown> => {
  const { key, arn, createdAtMs } = regional;
  const { state, deletion } = view;
  return {
    AWSAccountId: key.account,
    KeyId: key.keyId,
    Arn: arn,
    CreationDate: wireDate(createdAtMs),
    Enabled: state === 'Enabled',
    Description: view.description,
    KeyUsage: key.keyUsage,
    KeyState: state,
    Origin: key.origin,
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: key.keySpec,
    KeySpec: key.keySpec,
    ...algorithmList(regional),
    MultiRegion: key.multiRegion,
    ...(key.multiRegion && { MultiRegionConfiguration: multiRegionConfiguration(regional, relations) }),
    ...currentMaterialId(key, state),
    ...expiry(regional),
    ...(deletion !== undefined &&
      (deletion.dateMs === undefined ? { PendingDeletionWindowInDays: deletion.windowDays } : { DeletionDate: wireDate(deletion.dateMs) })),
  };
};
