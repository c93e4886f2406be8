import type { KeyPairKeyObjectResult } from 'node:crypto';
import type { Material } from '../cryptography/material.ts';

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
