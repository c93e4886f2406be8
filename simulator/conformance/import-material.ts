import type { Answer } from './laboratory.ts';
import { wrappedMaterial } from './wrapped-material.ts';

type Send = (operation: string, input: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** The answer's fields. @throws Error that repeats what KMS refused */
export const acceptedBy = (answer: Answer, what: string): Readonly<Record<string, unknown>> => {
  if ('accepted' in answer) return answer.accepted;
  throw new Error(`${what} was refused with ${answer.refused}: ${answer.message}`);
};

/** Gives a key of origin EXTERNAL its material, for ever. @throws Error when KMS refuses */
export const importMaterial = async (send: Send, keyId: string, material: Uint8Array): Promise<void> => {
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
  const { ImportToken, PublicKey } = acceptedBy(
    await send('GetParametersForImport', { KeyId: keyId, ...wrapping }),
    `Asking for the import parameters of ${keyId}`,
  );
  if (!(PublicKey instanceof Uint8Array)) throw new Error(`Expected a public key for the import into ${keyId}, got none.`);
  const EncryptedKeyMaterial = wrappedMaterial(PublicKey, material);
  const ExpirationModel = 'KEY_MATERIAL_DOES_NOT_EXPIRE';
  acceptedBy(
    await send('ImportKeyMaterial', { KeyId: keyId, ImportToken, EncryptedKeyMaterial, ExpirationModel }),
    `The import into ${keyId}`,
  );
};
