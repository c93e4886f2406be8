import { oaepEncrypt, plaintextBytesMax } from '../cryptography/oaep.ts';
import { currentMaterial } from '../keys/current-material.ts';
import type { KmsKey, RegionalKey } from '../keys/kms-key.ts';
import { validation } from '../refusal.ts';
import type { Call } from '../world.ts';
import { useOperation } from './crypto-request.ts';
import { sealUnder } from './symmetric.ts';

const SYMMETRIC = 'SYMMETRIC_DEFAULT';

const requireFitting = ({ keySpec }: KmsKey, algorithm: string, plaintext: Buffer): void => {
  const bytesMax = plaintextBytesMax(algorithm, Number(keySpec.slice('RSA_'.length)));
  if (plaintext.length > bytesMax) {
    throw validation(`Algorithm ${algorithm} and key spec ${keySpec} cannot encrypt data larger than ${bytesMax} bytes.`);
  }
};

/** Encrypts by the algorithm that the key has been found to know. @throws KmsRefusal (ValidationException) for a plaintext too long for it */
export const encryptUnder = (
  call: Call,
  key: RegionalKey,
  algorithm: string,
  context: Readonly<Record<string, string>>,
  plaintext: Buffer,
) => {
  if (algorithm === SYMMETRIC) return sealUnder(call, key, context, plaintext);
  requireFitting(key.key, algorithm, plaintext);
  return { ciphertext: oaepEncrypt(algorithm, currentMaterial(key.key).pair().publicKey, plaintext), materialId: undefined };
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = useOperation({
  name: 'Encrypt',
  usage: 'ENCRYPT_DECRYPT',
  algorithm: ({ EncryptionAlgorithm = SYMMETRIC }) => EncryptionAlgorithm,
  run: ({ Plaintext, EncryptionContext = {}, EncryptionAlgorithm = SYMMETRIC }, key, call) => {
    const { ciphertext } = encryptUnder(call, key, EncryptionAlgorithm, EncryptionContext, Plaintext);
    return { CiphertextBlob: ciphertext.toString('base64'), KeyId: key.arn, EncryptionAlgorithm };
  },
});
