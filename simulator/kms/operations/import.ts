import { randomBytes } from 'node:crypto';
import { pairFor } from '../cryptography/key-pairs.ts';
import { importMaterial, type Material } from '../cryptography/material.ts';
import { unwrap } from '../cryptography/unwrap.ts';
import { lacksMaterial } from '../keys/current-material.ts';
import { firstVersion, type ImportParameters } from '../keys/key-material.ts';
import { wireDate } from '../keys/key-metadata.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import type { Parameters } from '../model/requests.ts';
import { KmsRefusal, unsupported, validation } from '../refusal.ts';
import type { World } from '../world.ts';
import { keyOperation } from './operation.ts';
import { invalidCiphertext } from './symmetric.ts';

const DAY_MS = 86_400_000;
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html */
const VALID_DAYS_MAX = 365;
/** How many unused import tokens a key keeps; the oldest make room. */
const TOKENS_MAX = 20;

const requireExternal = ({ arn, key: { origin } }: RegionalKey): void => {
  if (origin !== 'EXTERNAL') throw unsupported(`${arn} origin is ${origin} which is not valid for this operation.`);
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html */
export const getParametersForImport = keyOperation({
  name: 'GetParametersForImport',
  run: ({ WrappingAlgorithm: algorithm, WrappingKeySpec }, regional, { account, world }) => {
    requireExternal(regional);
    if (WrappingKeySpec === 'SM2' || algorithm === 'SM2PKE') throw unsupported('This KMS cannot wrap by SM2.');
    if (algorithm === 'RSAES_PKCS1_V1_5')
      throw unsupported('KMS has given up RSAES_PKCS1_V1_5: use an RSAES_OAEP or RSA_AES_KEY_WRAP algorithm.');
    const token = randomBytes(256);
    const wrapping = pairFor(WrappingKeySpec, `${account}, wrapping`);
    const validToMs = world.clock.now() + DAY_MS;
    const { importParameters } = regional;
    for (const oldest of [...importParameters.keys()].slice(0, Math.max(0, importParameters.size - TOKENS_MAX + 1)))
      importParameters.delete(oldest);
    importParameters.set(token.toString('base64'), { wrapping, algorithm, validToMs });
    return {
      KeyId: regional.arn,
      ImportToken: token.toString('base64'),
      PublicKey: wrapping.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      ParametersValidTo: wireDate(validToMs),
    };
  },
});

type ImportRequest = Parameters<'ImportKeyMaterial'>;

const parametersOf = ({ importParameters }: RegionalKey, { ImportToken }: ImportRequest, nowMs: number): ImportParameters => {
  const found = importParameters.get(ImportToken.toString('base64'));
  if (found === undefined)
    throw new KmsRefusal('InvalidImportTokenException', 'The import token is none that GetParametersForImport gave for this key.');
  if (nowMs >= found.validToMs)
    throw new KmsRefusal('ExpiredImportTokenException', 'The import token has expired: call GetParametersForImport again.');
  return found;
};

const validToOf = ({ ExpirationModel = 'KEY_MATERIAL_EXPIRES', ValidTo }: ImportRequest, nowMs: number): number | undefined => {
  if (ExpirationModel === 'KEY_MATERIAL_DOES_NOT_EXPIRE') {
    if (ValidTo !== undefined) throw validation('A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE');
    return undefined;
  }
  if (ValidTo === undefined) throw validation('A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES');
  if (ValidTo <= nowMs || ValidTo > nowMs + VALID_DAYS_MAX * DAY_MS)
    throw validation(`ValidTo must be in the future, by at most ${VALID_DAYS_MAX} days.`);
  return ValidTo;
};

/** KMS sends this error without a message. */
const incorrectMaterial = (): KmsRefusal => new KmsRefusal('IncorrectKeyMaterialException', '');

const broughtMaterial = ({ key }: RegionalKey, request: ImportRequest, { wrapping, algorithm }: ImportParameters): Material => {
  const bytes = unwrap(algorithm, wrapping.privateKey, request.EncryptedKeyMaterial);
  if (bytes === undefined) throw invalidCiphertext();
  const material = importMaterial(key.keySpec, bytes);
  if (material === undefined || (request.KeyMaterialId ?? material.id) !== material.id) throw incorrectMaterial();
  return material;
};

const requirePrimary = ({ arn, now: { role } }: RegionalKey, what: string): void => {
  if (role === 'REPLICA') throw unsupported(`${arn} is a multi-region replica key which is not valid for ${what}.`);
};

/** Adds material that the key has never had: the first, or the next of a symmetric key, which waits for a rotation. */
const acceptNew = (regional: RegionalKey, material: Material, description: string | undefined): void => {
  const { arn, key } = regional;
  requirePrimary(regional, 'an import of new key material');
  if (key.materials.length === 0) {
    key.materials.push(firstVersion(material, description));
    return;
  }
  if (key.keySpec !== 'SYMMETRIC_DEFAULT') throw incorrectMaterial();
  if (key.nextMaterial !== undefined) throw new KmsRefusal('KMSInvalidStateException', `${arn} has key material pending rotation already.`);
  key.nextMaterial = firstVersion(material, description);
};

const accept = (regional: RegionalKey, request: ImportRequest, material: Material): void => {
  const { key } = regional;
  const { ImportType = key.materials.length === 0 ? 'NEW_KEY_MATERIAL' : 'EXISTING_KEY_MATERIAL', KeyMaterialDescription } = request;
  if (KeyMaterialDescription !== undefined) requirePrimary(regional, 'the description of key material');
  const known = [...key.materials, key.nextMaterial].some((version) => version?.material.id === material.id);
  if (known) return;
  if (ImportType === 'EXISTING_KEY_MATERIAL') throw incorrectMaterial();
  acceptNew(regional, material, KeyMaterialDescription);
};

/** What is missing puts the key into PendingImport, unless it is to be deleted anyway. */
const afterLoss = (world: World, regional: RegionalKey): void => {
  const { state } = regional.now;
  const isDoomed = state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
  if (!isDoomed && state !== 'Creating' && lacksMaterial(regional)) regional.change(world.clock.now(), { state: 'PendingImport' });
};

const hold = (world: World, regional: RegionalKey, materialId: string, validToMs: number | undefined): void => {
  const held = { validToMs };
  regional.imported.set(materialId, held);
  if (regional.now.state === 'PendingImport' && !lacksMaterial(regional)) regional.change(world.clock.now(), { state: 'Enabled' });
  if (validToMs === undefined) return;
  world.clock.after(validToMs - world.clock.now(), () => {
    // Material imported again is another object.
    if (regional.imported.get(materialId) !== held) return;
    regional.imported.delete(materialId);
    afterLoss(world, regional);
  });
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ImportKeyMaterial.html */
export const importKeyMaterial = keyOperation({
  name: 'ImportKeyMaterial',
  run: (request, regional, { world }) => {
    requireExternal(regional);
    const nowMs = world.clock.now();
    const validToMs = validToOf(request, nowMs);
    const material = broughtMaterial(regional, request, parametersOf(regional, request, nowMs));
    accept(regional, request, material);
    hold(world, regional, material.id, validToMs);
    return { KeyId: regional.arn, KeyMaterialId: material.id };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteImportedKeyMaterial.html */
export const deleteImportedKeyMaterial = keyOperation({
  name: 'DeleteImportedKeyMaterial',
  run: ({ KeyMaterialId }, regional, { world }) => {
    requireExternal(regional);
    const { arn, imported, key } = regional;
    const materialId = KeyMaterialId ?? key.materials.at(-1)?.material.id;
    if (materialId === undefined) return { KeyId: arn };
    imported.delete(materialId);
    if (key.nextMaterial?.material.id === materialId && [...key.regions.values()].every((related) => !related.imported.has(materialId))) {
      key.nextMaterial = undefined;
    }
    afterLoss(world, regional);
    return { KeyId: arn, KeyMaterialId: materialId };
  },
});
