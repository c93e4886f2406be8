import { createHash, createHmac, type KeyPairKeyObjectResult } from 'node:crypto';
import { isAsymmetric, type KeySpec, secretBytesOf } from '../keys/key-specs.ts';
import { importedPair, type PairSpec, pairFor } from './key-pairs.ts';

/** One generation of a key's material, which related keys share. */
export interface Material {
  /** 64 hexadecimal digits that name the material without revealing it, as in KeyMetadata's CurrentKeyMaterialId. */
  readonly id: string;
  /** The secret of a symmetric or HMAC key. */
  readonly secret: Buffer;
  /** The pair of an asymmetric key, made when it is first needed. @throws RangeError for a key without one */
  pair(): KeyPairKeyObjectResult;
}

const idOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const isPairSpec = (keySpec: KeySpec): keySpec is PairSpec => isAsymmetric(keySpec);

const lazyPair = (keySpec: KeySpec, account: string): (() => KeyPairKeyObjectResult) => {
  let pair: KeyPairKeyObjectResult | undefined;
  return () => {
    if (!isPairSpec(keySpec)) throw new RangeError(`Expected the spec of an asymmetric key, got ${keySpec}.`);
    pair ??= pairFor(keySpec, account);
    return pair;
  };
};

/** Which key, and the how manyth of its materials. */
interface MaterialName {
  readonly account: string;
  readonly keyId: string;
  readonly keySpec: KeySpec;
  readonly generation: number;
}

/** Material that KMS makes: the secret is grown from the world's own, so that the same seed gives the same keys; pairs are not. */
export const growMaterial = (worldSecret: string, { account, keyId, keySpec, generation }: MaterialName): Material => {
  const label = generation === 0 ? `${account}/${keyId}` : `${account}/${keyId}/${generation}`;
  const secret = createHmac('sha512', worldSecret).update(label).digest();
  return { id: idOf(secret), secret, pair: lazyPair(keySpec, account) };
};

/** Material that a caller brings. @returns undefined when it does not fit the spec */
export const importMaterial = (keySpec: KeySpec, bytes: Buffer): Material | undefined => {
  const id = idOf(bytes);
  if (!isPairSpec(keySpec)) {
    const pair = () => {
      throw new RangeError(`Expected the spec of an asymmetric key, got ${keySpec}.`);
    };
    return bytes.length === secretBytesOf(keySpec) ? { id, secret: bytes, pair } : undefined;
  }
  const pair = importedPair(keySpec, bytes);
  return pair === undefined ? undefined : { id, secret: bytes, pair: () => pair };
};
