import type { KeyPairKeyObjectResult } from 'node:crypto';
import type { Material } from '../cryptography/material.ts';
import type { KmsKey, RegionalKey } from './kms-key.ts';

/** One generation of a key's material and how it came to be current. */
export interface MaterialVersion {
  readonly material: Material;
  readonly description: string | undefined;
  /** Undefined for the key's first material, which no rotation brought, and for what waits for its rotation. */
  readonly rotated: { readonly atMs: number; readonly type: 'AUTOMATIC' | 'ON_DEMAND' } | undefined;
}

/** That one Region holds a material of an EXTERNAL key, and until when; for good when `validToMs` is undefined. */
export interface ImportedMaterial {
  readonly validToMs: number | undefined;
}

/** What an import needs: the pair whose public half wrapped the material, and how. */
export interface ImportParameters {
  readonly wrapping: KeyPairKeyObjectResult;
  readonly algorithm: string;
  readonly validToMs: number;
}

/** Material that no rotation has brought. */
export const firstVersion = (material: Material, description?: string): MaterialVersion => ({ material, description, rotated: undefined });

/** The material that encrypts, signs and authenticates now. @throws RangeError for a key that has never had any, which its state forbids to use */
export const currentMaterial = ({ keyId, materials }: KmsKey): Material => {
  const current = materials.at(-1);
  if (current === undefined) throw new RangeError(`Expected key ${keyId} to have material, but none has ever been imported.`);
  return current.material;
};

/** Whether something of what the key has been encrypting with is missing in this Region: an EXTERNAL key works with all of it or not at all. */
export const lacksMaterial = ({ key, imported }: RegionalKey): boolean =>
  key.origin === 'EXTERNAL' && (key.materials.length === 0 || key.materials.some(({ material }) => !imported.has(material.id)));
