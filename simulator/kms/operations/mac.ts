import { createHmac, timingSafeEqual } from 'node:crypto';
import { currentMaterial } from '../keys/current-material.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { KmsRefusal } from '../refusal.ts';
import { useOperation } from './crypto-request.ts';

/** The key is as long as the hash: `HMAC_SHA_256` has 32 bytes. */
const macOf = ({ key }: RegionalKey, algorithm: string, message: Buffer): Buffer => {
  const bits = Number(algorithm.slice('HMAC_SHA_'.length));
  return createHmac(`sha${bits}`, currentMaterial(key).secret.subarray(0, bits / 8))
    .update(message)
    .digest();
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
export const generateMac = useOperation({
  name: 'GenerateMac',
  usage: 'GENERATE_VERIFY_MAC',
  algorithm: ({ MacAlgorithm }) => MacAlgorithm,
  run: ({ Message, MacAlgorithm }, key) => ({
    KeyId: key.arn,
    Mac: macOf(key, MacAlgorithm, Message).toString('base64'),
    MacAlgorithm,
  }),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
export const verifyMac = useOperation({
  name: 'VerifyMac',
  usage: 'GENERATE_VERIFY_MAC',
  algorithm: ({ MacAlgorithm }) => MacAlgorithm,
  run: ({ Message, Mac, MacAlgorithm }, key) => {
    const expected = macOf(key, MacAlgorithm, Message);
    // KMS sends this error without a message.
    if (expected.length !== Mac.length || !timingSafeEqual(expected, Mac)) throw new KmsRefusal('KMSInvalidMacException', '');
    return { KeyId: key.arn, MacValid: true, MacAlgorithm };
  },
});
