import type { Material } from '../cryptography/material.ts';
import type { KmsKey, RegionalKey } from './kms-key.ts';

/** The material that encrypts, signs and authenticates now. @throws RangeError for a key that has never had any, which its state forbids to use */
export const currentMaterial = ({ keyId, materials }: KmsKey): Material => {
  const current = materials.at(-1);
  if (current === undefined) throw new RangeError(`Expected key ${keyId} to have material, but none has ever been imported.`);
  return current.material;
};

/** Whether something of what the key has been encrypting with is missing in this Region: an EXTERNAL key works with all of it or not at all. */
export const lacksMaterial = ({ key, imported }: RegionalKey): boolean =>
  key.origin === 'EXTERNAL' && (key.materials.length === 0 || key.materials.some(({ material }) => !imported.has(material.id)));
