import type { MaterialVersion } from '../keys/key-material.ts';
import { wireDate } from '../keys/key-metadata.ts';
import type { KmsKey, RegionalKey } from '../keys/kms-key.ts';
import { rotate, rotateEvery } from '../keys/rotation.ts';
import { KmsRefusal, unsupported } from '../refusal.ts';
import type { Call } from '../world.ts';
import { keyOperation } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const ON_DEMAND_ROTATIONS_MAX = 25;

const requireSymmetric = (call: Call, { arn, key: { keySpec } }: RegionalKey): void => {
  if (keySpec !== 'SYMMETRIC_DEFAULT') throw unsupported(`${arn} key spec is ${keySpec} which is not valid for ${call.operation}.`);
};

/** Related keys share their rotations, and these are changed on the primary only. */
const requireChangeable = (call: Call, key: RegionalKey): void => {
  requireSymmetric(call, key);
  if (key.now.role === 'REPLICA') {
    throw unsupported(`${key.arn} is a multi-region replica key which is not valid for ${call.operation}.`);
  }
};

const requireOwnMaterial = ({ arn, key: { origin } }: RegionalKey): void => {
  if (origin === 'EXTERNAL') throw unsupported(`${arn} origin is EXTERNAL which is not valid for this operation.`);
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const enableKeyRotation = keyOperation({
  name: 'EnableKeyRotation',
  run: ({ RotationPeriodInDays = 365 }, key, call) => {
    requireChangeable(call, key);
    requireOwnMaterial(key);
    rotateEvery(call.world, key.key, RotationPeriodInDays);
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = keyOperation({
  name: 'DisableKeyRotation',
  run: (_, key, call) => {
    requireChangeable(call, key);
    requireOwnMaterial(key);
    key.key.rotation = undefined;
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = keyOperation({
  name: 'GetKeyRotationStatus',
  run: (_, regional, call) => {
    requireSymmetric(call, regional);
    requireOwnMaterial(regional);
    const { arn, key } = regional;
    const { rotation, onDemandRotation } = key;
    return {
      KeyId: arn,
      KeyRotationEnabled: rotation !== undefined,
      ...(rotation !== undefined && { RotationPeriodInDays: rotation.periodInDays, NextRotationDate: wireDate(rotation.nextMs) }),
      ...(onDemandRotation !== undefined && { OnDemandRotationStartDate: wireDate(onDemandRotation.startedMs) }),
    };
  },
});

/** The rotation of an EXTERNAL key makes material current that waits for it, in every Region of the key. */
const requireNextMaterial = ({ arn, key: { origin, nextMaterial, regions } }: RegionalKey): void => {
  if (origin !== 'EXTERNAL') return;
  const isThere = nextMaterial !== undefined && [...regions.values()].every(({ imported }) => imported.has(nextMaterial.material.id));
  if (!isThere) throw new KmsRefusal('KMSInvalidStateException', `${arn} has no key material in all its Regions that is pending rotation.`);
};

/**
 * New material comes into use only when every related key has it, which takes a while.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html
 */
export const rotateKeyOnDemand = keyOperation({
  name: 'RotateKeyOnDemand',
  run: (_, regional, call) => {
    const { arn, key } = regional;
    const { world } = call;
    requireChangeable(call, regional);
    requireNextMaterial(regional);
    if (key.onDemandRotation !== undefined) throw new KmsRefusal('ConflictException', `${arn} is being rotated on demand already.`);
    if (key.onDemandRotations >= ON_DEMAND_ROTATIONS_MAX) {
      throw new KmsRefusal(
        'LimitExceededException',
        `${arn} has been rotated on demand ${ON_DEMAND_ROTATIONS_MAX} times, which is as often as can be.`,
      );
    }
    key.onDemandRotations += 1;
    key.onDemandRotation = { startedMs: world.clock.now() };
    world.clock.after(world.temperament.onDemandRotationMs, () => {
      key.onDemandRotation = undefined;
      if (key.regions.size > 0 && (key.origin === 'AWS_KMS' || key.nextMaterial !== undefined)) rotate(world, key, 'ON_DEMAND');
    });
    return { KeyId: arn };
  },
});

/** A material as one Region shows it. */
const materialEntry = ({ arn, key, imported }: RegionalKey, version: MaterialVersion) => {
  const { material, description, rotated } = version;
  const held = imported.get(material.id);
  return {
    KeyId: arn,
    KeyMaterialId: material.id,
    KeyMaterialState: stateOf(key, version),
    ...(description !== undefined && { KeyMaterialDescription: description }),
    ...(key.origin === 'EXTERNAL' && { ImportState: held === undefined ? 'PENDING_IMPORT' : 'IMPORTED' }),
    ...(held !== undefined && {
      ExpirationModel: held.validToMs === undefined ? 'KEY_MATERIAL_DOES_NOT_EXPIRE' : 'KEY_MATERIAL_EXPIRES',
      ...(held.validToMs !== undefined && { ValidTo: wireDate(held.validToMs) }),
    }),
    ...(rotated !== undefined && { RotationDate: wireDate(rotated.atMs), RotationType: rotated.type }),
  };
};

const stateOf = ({ materials, nextMaterial, regions }: KmsKey, version: MaterialVersion): string => {
  if (version !== nextMaterial) return version === materials.at(-1) ? 'CURRENT' : 'NON_CURRENT';
  const isEverywhere = [...regions.values()].every(({ imported }) => imported.has(version.material.id));
  return isEverywhere ? 'PENDING_ROTATION' : 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION';
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyRotations.html */
export const listKeyRotations = keyOperation({
  name: 'ListKeyRotations',
  run: ({ IncludeKeyMaterial = 'ROTATIONS_ONLY', Limit = 100, Marker }, regional, call) => {
    requireSymmetric(call, regional);
    const { materials, nextMaterial } = regional.key;
    const all = nextMaterial === undefined ? materials : [...materials, nextMaterial];
    const shown = IncludeKeyMaterial === 'ALL_KEY_MATERIAL' ? all : materials.filter(({ rotated }) => rotated !== undefined);
    const byPlace = new Map(shown.map((version, place) => [String(place).padStart(6, '0'), version]));
    const page = pageOf([...byPlace.keys()], Limit, Marker);
    const versions = page.names.flatMap((place) => byPlace.get(place) ?? []);
    return { Rotations: versions.map((version) => materialEntry(regional, version)), ...pagingAnswer(page) };
  },
});
