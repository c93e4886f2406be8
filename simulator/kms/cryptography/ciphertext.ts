import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Material } from './material.ts';

const VERSION = 2;
const AES_KEY_BYTES = 32;
const MATERIAL_ID_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

export type EncryptionContext = Readonly<Record<string, string>>;

/** A symmetric ciphertext taken apart. It names its key as `<account>/<key ID>`, and the material that sealed it. */
interface SealedBlob {
  readonly keyName: string;
  readonly materialId: string;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly sealed: Buffer;
}

const aesKey = ({ secret }: Material): Buffer => secret.subarray(0, AES_KEY_BYTES);

/** The additional authenticated data: the context in an order of its own, and the key's name. */
const authenticated = (keyName: string, context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify([keyName, Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1))]));

/** Layout: version, length of the key's name, name, ID of the material, IV, tag, AES-256-GCM ciphertext. */
export const seal = (material: Material, iv: Buffer, keyName: string, context: EncryptionContext, plaintext: Buffer): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', aesKey(material), iv).setAAD(authenticated(keyName, context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const head = [Buffer.from([VERSION, keyName.length]), Buffer.from(keyName, 'latin1'), Buffer.from(material.id, 'hex')];
  return Buffer.concat([...head, iv, cipher.getAuthTag(), sealed]);
};

/** @returns undefined when the bytes are no ciphertext of this KMS. */
export const readBlob = (blob: Buffer): SealedBlob | undefined => {
  const [version, nameLength = 0] = blob;
  const materialAt = 2 + nameLength;
  const ivAt = materialAt + MATERIAL_ID_BYTES;
  const sealedAt = ivAt + IV_BYTES + TAG_BYTES;
  if (version !== VERSION || blob.length < sealedAt) return undefined;
  return {
    keyName: blob.toString('latin1', 2, materialAt),
    materialId: blob.toString('hex', materialAt, ivAt),
    iv: blob.subarray(ivAt, ivAt + IV_BYTES),
    tag: blob.subarray(ivAt + IV_BYTES, sealedAt),
    sealed: blob.subarray(sealedAt),
  };
};

/** @returns undefined when the ciphertext was tampered with or sealed under another context. */
export const open = (material: Material, { keyName, iv, tag, sealed }: SealedBlob, context: EncryptionContext): Buffer | undefined => {
  const decipher = createDecipheriv('aes-256-gcm', aesKey(material), iv).setAAD(authenticated(keyName, context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    return undefined;
  }
};
