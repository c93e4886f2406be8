import { constants, type KeyObject, privateEncrypt, publicDecrypt } from 'node:crypto';

/** The DER that stands before a digest and names its hash: RFC 8017, section 9.2, note 1. */
const DIGEST_INFO: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

const digestInfo = (hash: string, digest: Buffer): Buffer => Buffer.concat([Buffer.from(DIGEST_INFO[hash] ?? '', 'hex'), digest]);

/** RSASSA-PKCS1-v1_5 of a digest. */
export const signPkcs1 = (hash: string, privateKey: KeyObject, digest: Buffer): Buffer =>
  privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, digestInfo(hash, digest));

export const isPkcs1Signature = (hash: string, publicKey: KeyObject, digest: Buffer, signature: Buffer): boolean => {
  try {
    return publicDecrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, signature).equals(digestInfo(hash, digest));
  } catch {
    return false;
  }
};
