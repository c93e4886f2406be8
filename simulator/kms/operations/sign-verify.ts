import { z } from 'zod';
import { keyPairOf } from '../cryptography/key-pairs.ts';
import { isSignature, signMessage } from '../cryptography/signature.ts';
import { KmsRefusal } from '../refusal.ts';
import { cryptoBasics, endDryRun, MESSAGE_BYTES_MAX, messageType, requireAlgorithm, spendsPool } from './crypto-request.ts';
import { cryptoOperation, usableKey } from './operation.ts';
import { blob } from './parameters.ts';

const basics = { ...cryptoBasics, Message: blob(1, MESSAGE_BYTES_MAX), MessageType: messageType, SigningAlgorithm: z.string() };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export const sign = cryptoOperation({
  name: 'Sign',
  parameters: z.strictObject(basics),
  spends: ({ KeyId }, call) => spendsPool(KeyId, call),
  run: ({ KeyId, Message, SigningAlgorithm, DryRun }, call) => {
    const usable = usableKey(call, KeyId, 'aliases');
    requireAlgorithm(call, usable, 'SIGN_VERIFY', SigningAlgorithm);
    endDryRun(DryRun);
    const { privateKey } = keyPairOf(usable.key.keySpec, usable.key.keyId);
    return { KeyId: usable.arn, Signature: signMessage(SigningAlgorithm, privateKey, Message).toString('base64'), SigningAlgorithm };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html */
export const verify = cryptoOperation({
  name: 'Verify',
  parameters: z.strictObject({ ...basics, Signature: blob(1, 6_144) }),
  spends: ({ KeyId }, call) => spendsPool(KeyId, call),
  run: ({ KeyId, Message, Signature, SigningAlgorithm, DryRun }, call) => {
    const usable = usableKey(call, KeyId, 'aliases');
    requireAlgorithm(call, usable, 'SIGN_VERIFY', SigningAlgorithm);
    endDryRun(DryRun);
    const { publicKey } = keyPairOf(usable.key.keySpec, usable.key.keyId);
    // KMS sends this error without a message.
    if (!isSignature(SigningAlgorithm, publicKey, Message, Signature)) throw new KmsRefusal('KMSInvalidSignatureException', '');
    return { KeyId: usable.arn, SignatureValid: true, SigningAlgorithm };
  },
});
