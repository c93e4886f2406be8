import { constants, createHash, type KeyObject, privateEncrypt, publicDecrypt, randomBytes } from 'node:crypto';

const TRAILER = 0xbc;

const hashed = (hash: string, ...parts: readonly Buffer[]): Buffer =>
  parts.reduce((digester, part) => digester.update(part), createHash(hash)).digest();

/** MGF1 of RFC 8017, appendix B.2.1. */
const mask = (hash: string, seed: Buffer, length: number): Buffer => {
  const blocks: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter += 1) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    const block = hashed(hash, seed, number);
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
};

const xor = (one: Buffer, other: Buffer): Buffer => Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));

const modulusBytesOf = (key: KeyObject): number => (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8;

/** The hash that binds digest and salt: H of section 9.1. */
const bound = (hash: string, digest: Buffer, salt: Buffer): Buffer => hashed(hash, Buffer.alloc(8), digest, salt);

const withoutTopBit = (bytes: Buffer): Buffer => {
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes;
};

/** RSASSA-PSS of a digest, with a salt as long as the digest: RFC 8017, section 9.1.1, for moduli of whole bytes. */
export const signPss = (hash: string, privateKey: KeyObject, digest: Buffer): Buffer => {
  const salt = randomBytes(digest.length);
  const binding = bound(hash, digest, salt);
  const paddingBytes = modulusBytesOf(privateKey) - 2 * digest.length - 2;
  const plain = Buffer.concat([Buffer.alloc(paddingBytes), Buffer.from([1]), salt]);
  const masked = withoutTopBit(xor(plain, mask(hash, binding, plain.length)));
  return privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, Buffer.concat([masked, binding, Buffer.from([TRAILER])]));
};

/** RFC 8017, section 9.1.2. */
export const isPssSignature = (hash: string, publicKey: KeyObject, digest: Buffer, signature: Buffer): boolean => {
  const modulusBytes = modulusBytesOf(publicKey);
  if (signature.length !== modulusBytes) return false;
  let encoded: Buffer;
  try {
    encoded = publicDecrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    return false;
  }
  const maskedBytes = modulusBytes - digest.length - 1;
  const masked = encoded.subarray(0, maskedBytes);
  const binding = encoded.subarray(maskedBytes, -1);
  if (encoded.at(-1) !== TRAILER || (encoded[0] ?? 0) > 0x7f) return false;
  const plain = withoutTopBit(xor(masked, mask(hash, binding, maskedBytes)));
  const separatorAt = maskedBytes - digest.length - 1;
  const padded = plain.subarray(0, separatorAt).every((byte) => byte === 0) && plain[separatorAt] === 1;
  return padded && bound(hash, digest, plain.subarray(separatorAt + 1)).equals(binding);
};
