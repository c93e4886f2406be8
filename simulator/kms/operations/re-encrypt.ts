import { endDryRun, noteUse, poolOf, requireAlgorithm, requireGrantTokens } from './crypto-request.ts';
import { decryptUnder, openingKey, requireCiphertext } from './decrypt.ts';
import { encryptUnder } from './encrypt.ts';
import { define, usableKey } from './operation.ts';

/**
 * Decrypts and encrypts again without the plaintext ever leaving KMS.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html
 */
export const reEncrypt = define({
  name: 'ReEncrypt',
  spends: ({ SourceKeyId, DestinationKeyId }, call) =>
    [...new Set([poolOf(SourceKeyId, call), poolOf(DestinationKeyId, call)])].map((quota) => ({ region: call.region, quota, units: 1 })),
  run: (parameters, call) => {
    const { CiphertextBlob, SourceKeyId, DestinationKeyId, GrantTokens, DryRun, DryRunModifiers } = parameters;
    const { SourceEncryptionAlgorithm = 'SYMMETRIC_DEFAULT', DestinationEncryptionAlgorithm = 'SYMMETRIC_DEFAULT' } = parameters;
    const { SourceEncryptionContext = {}, DestinationEncryptionContext = {} } = parameters;
    requireCiphertext(CiphertextBlob, DryRun, DryRunModifiers);
    requireGrantTokens(GrantTokens);
    const sealed = { keyIdGiven: SourceKeyId, ciphertext: CiphertextBlob, algorithm: SourceEncryptionAlgorithm };
    const source = openingKey(call, sealed, { action: 'ReEncryptFrom' });
    const destination = usableKey(call, DestinationKeyId, { aliases: 'aliases', action: 'ReEncryptTo' });
    requireAlgorithm(call, destination, 'ENCRYPT_DECRYPT', DestinationEncryptionAlgorithm);
    endDryRun(DryRun);
    const opened = decryptUnder(source, SourceEncryptionAlgorithm, SourceEncryptionContext, CiphertextBlob ?? Buffer.alloc(0));
    const resealed = encryptUnder(call, destination, DestinationEncryptionAlgorithm, DestinationEncryptionContext, opened.plaintext);
    for (const key of [source, destination]) noteUse(call, key);
    return {
      CiphertextBlob: resealed.ciphertext.toString('base64'),
      SourceKeyId: source.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm,
      DestinationEncryptionAlgorithm,
      ...(opened.materialId !== undefined && { SourceKeyMaterialId: opened.materialId }),
      ...(resealed.materialId !== undefined && { DestinationKeyMaterialId: resealed.materialId }),
    };
  },
});
