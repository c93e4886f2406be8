import { oaepDecrypt } from '../cryptography/oaep.ts';
import { keyArn } from '../keys/arn.ts';
import { currentMaterial } from '../keys/current-material.ts';
import { readKeyName } from '../keys/find-key.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { knowsOf } from '../keys/read-moment.ts';
import { notAuthorized, validation } from '../refusal.ts';
import type { Call } from '../world.ts';
import { endDryRun, noteUse, refuseRecipient, requireAlgorithm, requireGrantTokens, spendsPool } from './crypto-request.ts';
import { define, type Touch, usableKey } from './operation.ts';
import { incorrectKey, invalidCiphertext, keyNamedBy, openUnder } from './symmetric.ts';

const SYMMETRIC = 'SYMMETRIC_DEFAULT';

/** What is to be decrypted, and by which key if the caller names one. */
interface Sealed {
  readonly keyIdGiven: string | undefined;
  readonly ciphertext: Buffer | undefined;
  readonly algorithm: string;
}

const keyNamedByCaller = (call: Call, keyIdGiven: string, touch: Touch): RegionalKey => {
  const name = readKeyName(keyIdGiven, call.shelf);
  if (name.kind === 'foreign' && name.arn.region !== call.region) throw incorrectKey();
  return usableKey(call, keyIdGiven, { ...touch, aliases: 'aliases' });
};

const keyNamedByBlob = (call: Call, ciphertext: Buffer, touch: Touch): RegionalKey => {
  const { account, keyId } = keyNamedBy(ciphertext);
  const key = call.world.ring.findShelf(account, call.region)?.keys.get(keyId);
  const isForeign = account !== call.account && call.world.authorization === undefined;
  if (key === undefined || isForeign || !knowsOf(call, key.createdAtMs)) {
    throw notAuthorized(
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  }
  return usableKey(call, keyArn(account, call.region, keyId), touch);
};

/**
 * The key that can open what is sealed, whoever names it: the caller, or the ciphertext itself.
 * @throws KmsRefusal when neither does, or when it is a key that cannot
 */
export const openingKey = (call: Call, { keyIdGiven, ciphertext, algorithm }: Sealed, touch: Touch): RegionalKey => {
  if (keyIdGiven === undefined && (algorithm !== SYMMETRIC || ciphertext === undefined)) {
    throw validation(`KeyId is needed to decrypt with ${algorithm}.`);
  }
  const key =
    keyIdGiven === undefined ? keyNamedByBlob(call, ciphertext ?? Buffer.alloc(0), touch) : keyNamedByCaller(call, keyIdGiven, touch);
  if (algorithm === SYMMETRIC && key.key.keySpec !== SYMMETRIC) throw incorrectKey();
  requireAlgorithm(call, key, 'ENCRYPT_DECRYPT', algorithm);
  return key;
};

/** @throws KmsRefusal (InvalidCiphertextException, IncorrectKeyException) */
export const decryptUnder = (key: RegionalKey, algorithm: string, context: Readonly<Record<string, string>>, ciphertext: Buffer) => {
  if (algorithm === SYMMETRIC) return openUnder(key, context, ciphertext);
  const plaintext = oaepDecrypt(algorithm, currentMaterial(key.key).pair().privateKey, ciphertext);
  if (plaintext === undefined) throw invalidCiphertext();
  return { plaintext, materialId: undefined };
};

/** Only a dry run can do without a ciphertext, and only when it says so. @throws KmsRefusal (ValidationException) */
export const requireCiphertext = (ciphertext: Buffer | undefined, dryRun: boolean | undefined, modifiers: readonly string[] = []): void => {
  const ignored = modifiers.includes('IGNORE_CIPHERTEXT');
  if (ignored && !dryRun) throw validation('DryRunModifiers are for dry runs only: set DryRun.');
  if (ciphertext === undefined && !ignored) {
    throw validation("1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null");
  }
};

/**
 * Any related key opens what any other sealed; the answer names the local one.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html
 */
export const decrypt = define({
  name: 'Decrypt',
  spends: ({ KeyId }, call) => spendsPool(KeyId, call),
  run: (parameters, call) => {
    const {
      KeyId,
      CiphertextBlob,
      EncryptionContext = {},
      EncryptionAlgorithm: algorithm = SYMMETRIC,
      DryRun,
      DryRunModifiers,
    } = parameters;
    requireCiphertext(CiphertextBlob, DryRun, DryRunModifiers);
    refuseRecipient(parameters.Recipient);
    requireGrantTokens(parameters.GrantTokens);
    const key = openingKey(call, { keyIdGiven: KeyId, ciphertext: CiphertextBlob, algorithm }, {});
    endDryRun(DryRun);
    const { plaintext, materialId } = decryptUnder(key, algorithm, EncryptionContext, CiphertextBlob ?? Buffer.alloc(0));
    noteUse(call, key);
    return {
      KeyId: key.arn,
      Plaintext: plaintext.toString('base64'),
      EncryptionAlgorithm: algorithm,
      ...(materialId !== undefined && { KeyMaterialId: materialId }),
    };
  },
});
