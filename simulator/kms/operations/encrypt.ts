import { z } from 'zod';
import { type EncryptionContext, seal } from '../cryptography/ciphertext.ts';
import { keyPairOf } from '../cryptography/key-pairs.ts';
import { oaepEncrypt, plaintextBytesMax } from '../cryptography/oaep.ts';
import type { KmsKey } from '../keys/kms-key.ts';
import { validation } from '../refusal.ts';
import type { Call } from '../world.ts';
import { cryptoBasics, endDryRun, requireAlgorithm, spendsPool } from './crypto-request.ts';
import { cryptoOperation, usableKey } from './operation.ts';
import { blob, encryptionContext } from './parameters.ts';

const IV_HEX_DIGITS = 24;

const gcm = ({ world }: Call, key: KmsKey, context: EncryptionContext, plaintext: Buffer): Buffer => {
  const iv = Buffer.from(world.ivs.hex(IV_HEX_DIGITS), 'hex');
  return seal(key.material, iv, `${key.account}/${key.keyId}`, context, plaintext);
};

const oaep = ({ keySpec, keyId }: KmsKey, algorithm: string, plaintext: Buffer): Buffer => {
  const bytesMax = plaintextBytesMax(algorithm, Number(keySpec.slice('RSA_'.length)));
  if (plaintext.length > bytesMax) {
    throw validation(`Algorithm ${algorithm} and key spec ${keySpec} cannot encrypt data larger than ${bytesMax} bytes.`);
  }
  return oaepEncrypt(algorithm, keyPairOf(keySpec, keyId).publicKey, plaintext);
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export const encrypt = cryptoOperation({
  name: 'Encrypt',
  parameters: z.strictObject({
    ...cryptoBasics,
    Plaintext: blob(1, 4_096),
    EncryptionContext: encryptionContext,
    EncryptionAlgorithm: z.string().default('SYMMETRIC_DEFAULT'),
  }),
  spends: ({ KeyId }, call) => spendsPool(KeyId, call),
  run: ({ KeyId, Plaintext, EncryptionContext, EncryptionAlgorithm, DryRun }, call) => {
    const usable = usableKey(call, KeyId, 'aliases');
    requireAlgorithm(call, usable, 'ENCRYPT_DECRYPT', EncryptionAlgorithm);
    endDryRun(DryRun);
    const { arn, key } = usable;
    const ciphertext =
      key.keySpec === 'SYMMETRIC_DEFAULT' ? gcm(call, key, EncryptionContext, Plaintext) : oaep(key, EncryptionAlgorithm, Plaintext);
    return { CiphertextBlob: ciphertext.toString('base64'), KeyId: arn, EncryptionAlgorithm };
  },
});
