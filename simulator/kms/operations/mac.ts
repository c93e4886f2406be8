import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { RegionalKey } from '../keys/kms-key.ts';
import { KmsRefusal } from '../refusal.ts';
import { cryptoBasics, endDryRun, MESSAGE_BYTES_MAX, requireAlgorithm, spendsPool } from './crypto-request.ts';
import { cryptoOperation, usableKey } from './operation.ts';
import { blob } from './parameters.ts';

const basics = { ...cryptoBasics, Message: blob(1, MESSAGE_BYTES_MAX), MacAlgorithm: z.string() };

/** The key is as long as the hash: `HMAC_SHA_256` has 32 bytes. */
const macOf = ({ key }: RegionalKey, algorithm: string, message: Buffer): Buffer => {
  const bits = Number(algorithm.slice('HMAC_SHA_'.length));
  return createHmac(`sha${bits}`, key.material.bytes.subarray(0, bits / 8))
    .update(message)
    .digest();
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
export const generateMac = cryptoOperation({
  name: 'GenerateMac',
  parameters: z.strictObject(basics),
  spends: ({ KeyId }, call) => spendsPool(KeyId, call),
  run: ({ KeyId, Message, MacAlgorithm, DryRun }, call) => {
    const usable = usableKey(call, KeyId, 'aliases');
    requireAlgorithm(call, usable, 'GENERATE_VERIFY_MAC', MacAlgorithm);
    endDryRun(DryRun);
    return { KeyId: usable.arn, Mac: macOf(usable, MacAlgorithm, Message).toString('base64'), MacAlgorithm };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
export const verifyMac = cryptoOperation({
  name: 'VerifyMac',
  parameters: z.strictObject({ ...basics, Mac: blob(1, 6_144) }),
  spends: ({ KeyId }, call) => spendsPool(KeyId, call),
  run: ({ KeyId, Message, Mac, MacAlgorithm, DryRun }, call) => {
    const usable = usableKey(call, KeyId, 'aliases');
    requireAlgorithm(call, usable, 'GENERATE_VERIFY_MAC', MacAlgorithm);
    endDryRun(DryRun);
    const expected = macOf(usable, MacAlgorithm, Message);
    // KMS sends this error without a message.
    if (expected.length !== Mac.length || !timingSafeEqual(expected, Mac)) throw new KmsRefusal('KMSInvalidMacException', '');
    return { KeyId: usable.arn, MacValid: true, MacAlgorithm };
  },
});
