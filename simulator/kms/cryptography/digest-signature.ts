import type { KeyObject } from 'node:crypto';
import { isEcdsaSignature, signEcdsa } from './ecdsa.ts';
import { isPkcs1Signature, signPkcs1 } from './pkcs1.ts';
import { isPssSignature, signPss } from './pss.ts';

/** How long the digest of an algorithm is, in bytes; undefined for the algorithms that take no digest. */
export const digestBytesOf = (algorithm: string): number | undefined =>
  /^(RSASSA|ECDSA)_/.test(algorithm) ? Number(algorithm.slice(-3)) / 8 : undefined;

/** `RSASSA_PSS_SHA_256` hashes by sha256. */
const hashOf = (algorithm: string): string => `sha${algorithm.slice(-3)}`;

/** Signs what the caller has hashed already, which Node's own `sign` cannot do: it hashes whatever it is given. */
export const signDigest = (algorithm: string, privateKey: KeyObject, digest: Buffer): Buffer => {
  if (algorithm.startsWith('ECDSA')) return signEcdsa(privateKey, digest);
  return algorithm.startsWith('RSASSA_PSS')
    ? signPss(hashOf(algorithm), privateKey, digest)
    : signPkcs1(hashOf(algorithm), privateKey, digest);
};

export const isSignatureOfDigest = (algorithm: string, publicKey: KeyObject, digest: Buffer, signature: Buffer): boolean => {
  if (algorithm.startsWith('ECDSA')) return isEcdsaSignature(publicKey, digest, signature);
  const isRsaSignature = algorithm.startsWith('RSASSA_PSS') ? isPssSignature : isPkcs1Signature;
  return isRsaSignature(hashOf(algorithm), publicKey, digest, signature);
};
