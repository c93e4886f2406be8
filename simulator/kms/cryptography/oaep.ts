import { constants, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';

const HASH_BYTES: Readonly<Record<string, number>> = { sha1: 20, sha256: 32 };

/** `RSAES_OAEP_SHA_256` pads with sha256. */
const hashOf = (algorithm: string): string => algorithm.slice('RSAES_OAEP_'.length).replace('_', '').toLowerCase();

const padding = (algorithm: string, key: KeyObject) => ({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hashOf(algorithm) });

/** The longest plaintext, in bytes: the modulus less the padding of RFC 8017, section 7.1.1. */
export const plaintextBytesMax = (algorithm: string, modulusBits: number): number =>
  modulusBits / 8 - 2 * (HASH_BYTES[hashOf(algorithm)] ?? 0) - 2;

export const oaepEncrypt = (algorithm: string, publicKey: KeyObject, plaintext: Buffer): Buffer =>
  publicEncrypt(padding(algorithm, publicKey), plaintext);

/** @returns undefined when the ciphertext is not one of this key and algorithm. */
export const oaepDecrypt = (algorithm: string, privateKey: KeyObject, ciphertext: Buffer): Buffer | undefined => {
  try {
    return privateDecrypt(padding(algorithm, privateKey), ciphertext);
  } catch {
    return undefined;
  }
};
