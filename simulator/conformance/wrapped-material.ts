import { constants, createPublicKey, publicEncrypt } from 'node:crypto';

/**
 * Key material as ImportKeyMaterial takes it: 32 bytes under the public key that GetParametersForImport gave out for
 * RSAES_OAEP_SHA_256.
 */
export const wrappedMaterial = (publicKeyDer: Uint8Array, material: Uint8Array): Uint8Array =>
  publicEncrypt(
    {
      key: createPublicKey({ key: Buffer.from(publicKeyDer), format: 'der', type: 'spki' }),
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
    },
    material,
  );
