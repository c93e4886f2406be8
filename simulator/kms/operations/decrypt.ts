import { z } from 'zod';
import { type EncryptionContext, open, readBlob } from '../cryptography/ciphertext.ts';
import { keyPairOf } from '../cryptography/key-pairs.ts';
import { oaepDecrypt } from '../cryptography/oaep.ts';
import { readKeyName } from '../keys/find-key.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { KmsRefusal, validation } from '../refusal.ts';
import type { Call } from '../world.ts';
import { endDryRun, requireAlgorithm, spendsPool } from './crypto-request.ts';
import { cryptoOperation, usableKey } from './operation.ts';
import { blob, encryptionContext, flag, keyIdText } from './parameters.ts';

const incorrectKey = (): KmsRefusal =>
  new KmsRefusal('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');

/** KMS sends this error without a message. */
const invalidCiphertext = (): KmsRefusal => new KmsRefusal('InvalidCiphertextException', '');

const keyNamedByCaller = (call: Call, keyIdGiven: string): RegionalKey => {
  const name = readKeyName(keyIdGiven, call.shelf);
  if (name.kind === 'foreign' && name.arn.region !== call.region) throw incorrectKey();
  return usableKey(call, keyIdGiven, 'aliases');
};

const keyNamedByBlob = (call: Call, ciphertext: Buffer): RegionalKey => {
  const sealed = readBlob(ciphertext);
  if (sealed === undefined) throw invalidCiphertext();
  const [account, keyId = ''] = sealed.keyName.split('/');
  if (account !== call.account || call.shelf.keys.get(keyId) === undefined) {
    throw new KmsRefusal(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  }
  return usableKey(call, keyId);
};

const openSymmetric = ({ key }: RegionalKey, ciphertext: Buffer, context: EncryptionContext): Buffer | undefined => {
  const sealed = readBlob(ciphertext);
  if (sealed === undefined) return undefined;
  if (sealed.keyName !== `${key.account}/${key.keyId}`) throw incorrectKey();
  return open(key.material, sealed, context);
};

/**
 * Any related key opens what any other sealed; the answer names the local one.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const decrypt = cryptoOperation({
  name: 'Decrypt',
  parameters: z.strictObject({
    KeyId: keyIdText.optional(),
    CiphertextBlob: blob(1, 6_144),
    EncryptionContext: encryptionContext,
    EncryptionAlgorithm: z.string().default('SYMMETRIC_DEFAULT'),
    DryRun: flag,
  }),
  spends: ({ KeyId }, call) => spendsPool(KeyId, call),
  run: ({ KeyId, CiphertextBlob, EncryptionContext, EncryptionAlgorithm, DryRun }, call) => {
    const symmetric = EncryptionAlgorithm === 'SYMMETRIC_DEFAULT';
    if (KeyId === undefined && !symmetric) throw validation(`KeyId is needed to decrypt with ${EncryptionAlgorithm}.`);
    const usable = KeyId === undefined ? keyNamedByBlob(call, CiphertextBlob) : keyNamedByCaller(call, KeyId);
    requireAlgorithm(call, usable, 'ENCRYPT_DECRYPT', EncryptionAlgorithm);
    endDryRun(DryRun);
    const { keySpec, keyId } = usable.key;
    const plaintext = symmetric
      ? openSymmetric(usable, CiphertextBlob, EncryptionContext)
      : oaepDecrypt(EncryptionAlgorithm, keyPairOf(keySpec, keyId).privateKey, CiphertextBlob);
    if (plaintext === undefined) throw invalidCiphertext();
    return { KeyId: usable.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm };
  },
});
