import { type EncryptionContext, open, readBlob, seal } from '../cryptography/ciphertext.ts';
import { currentMaterial } from '../keys/current-material.ts';
import type { KmsKey, RegionalKey } from '../keys/kms-key.ts';
import { KmsRefusal } from '../refusal.ts';
import type { Call } from '../world.ts';

const IV_HEX_DIGITS = 24;

const nameOf = ({ account, keyId }: KmsKey): string => `${account}/${keyId}`;

/** Encrypts under the key's current material. @returns the ciphertext and the ID of the material */
export const sealUnder = ({ world }: Call, { key }: RegionalKey, context: EncryptionContext, plaintext: Buffer) => {
  const iv = Buffer.from(world.ivs.hex(IV_HEX_DIGITS), 'hex');
  const material = currentMaterial(key);
  return { ciphertext: seal(material, iv, nameOf(key), context, plaintext), materialId: material.id };
};

/** The answer to a ciphertext that another key has sealed. */
export const incorrectKey = (): KmsRefusal =>
  new KmsRefusal('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');

/** KMS sends this error without a message. */
export const invalidCiphertext = (): KmsRefusal => new KmsRefusal('InvalidCiphertextException', '');

/** @throws KmsRefusal IncorrectKeyException for another key's ciphertext, InvalidCiphertextException for what is none, was tampered with or has another context */
export const openUnder = ({ key }: RegionalKey, context: EncryptionContext, ciphertext: Buffer) => {
  const blob = readBlob(ciphertext);
  if (blob === undefined) throw invalidCiphertext();
  if (blob.keyName !== nameOf(key)) throw incorrectKey();
  const version = key.materials.find(({ material }) => material.id === blob.materialId);
  const plaintext = version && open(version.material, blob, context);
  if (plaintext === undefined) throw invalidCiphertext();
  return { plaintext, materialId: blob.materialId };
};

/** The key that a ciphertext names, as `<account>/<key ID>`. @throws KmsRefusal (InvalidCiphertextException) */
export const keyNamedBy = (ciphertext: Buffer): { readonly account: string; readonly keyId: string } => {
  const [account = '', keyId = ''] = readBlob(ciphertext)?.keyName.split('/') ?? [];
  if (keyId === '') throw invalidCiphertext();
  return { account, keyId };
};
