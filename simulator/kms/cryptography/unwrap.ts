import { createDecipheriv, type KeyObject } from 'node:crypto';
import { oaepDecrypt } from './oaep.ts';

/** The initial value of AES key wrap with padding: RFC 5649, section 3. */
const WRAP_IV = Buffer.from('a65959a6', 'hex');

const unwrapAes = (aesKey: Buffer, wrapped: Buffer): Buffer | undefined => {
  try {
    const decipher = createDecipheriv('id-aes256-wrap-pad', aesKey, WRAP_IV);
    return Buffer.concat([decipher.update(wrapped), decipher.final()]);
  } catch {
    return undefined;
  }
};

/**
 * Key material as an import brings it: `RSAES_OAEP_SHA_256` wraps it directly, `RSA_AES_KEY_WRAP_SHA_256` wraps an AES key
 * that wraps it (https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html).
 * @returns undefined when it was not wrapped for this key and algorithm
 */
export const unwrap = (algorithm: string, privateKey: KeyObject, wrapped: Buffer): Buffer | undefined => {
  if (!algorithm.startsWith('RSA_AES_KEY_WRAP')) return oaepDecrypt(algorithm, privateKey, wrapped);
  const rsaBytes = (privateKey.asymmetricKeyDetails?.modulusLength ?? 0) / 8;
  const aesKey = oaepDecrypt(algorithm.replace('RSA_AES_KEY_WRAP', 'RSAES_OAEP'), privateKey, wrapped.subarray(0, rsaBytes));
  return aesKey === undefined ? undefined : unwrapAes(aesKey, wrapped.subarray(rsaBytes));
};
