import { createHash, createHmac } from 'node:crypto';

/** The key material that related keys share, grown from a secret of the world, so that the same seed gives the same keys. */
export interface Material {
  /** 64 secret bytes; shorter keys are their beginning. */
  readonly bytes: Buffer;
  /** 64 hexadecimal digits that name the material without revealing it, as in KeyMetadata's CurrentKeyMaterialId. */
  readonly id: string;
}

export const growMaterial = (worldSecret: string, account: string, keyId: string): Material => {
  const bytes = createHmac('sha512', worldSecret).update(`${account}/${keyId}`).digest();
  return { bytes, id: createHash('sha256').update(bytes).digest('hex') };
};
