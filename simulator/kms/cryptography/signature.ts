import { constants, type KeyObject, sign, verify } from 'node:crypto';

/** `ECDSA_SHA_256` signs with sha256; the RSA algorithms also name a padding; Ed25519 and ML-DSA bring a hash of their own. */
const scheme = (algorithm: string): { readonly hash: string | null; readonly padding?: number; readonly saltLength?: number } => {
  if (algorithm.startsWith('ED25519') || algorithm.startsWith('ML_DSA')) return { hash: null };
  const hash = `sha${algorithm.slice(-3)}`;
  if (algorithm.startsWith('RSASSA_PSS')) {
    return { hash, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  }
  return algorithm.startsWith('RSASSA_PKCS1') ? { hash, padding: constants.RSA_PKCS1_PADDING } : { hash };
};

export const signMessage = (algorithm: string, privateKey: KeyObject, message: Buffer): Buffer => {
  const { hash, ...options } = scheme(algorithm);
  return sign(hash, message, { key: privateKey, ...options });
};

export const isSignature = (algorithm: string, publicKey: KeyObject, message: Buffer, signature: Buffer): boolean => {
  const { hash, ...options } = scheme(algorithm);
  return verify(hash, message, { key: publicKey, ...options }, signature);
};
