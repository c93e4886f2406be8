import { z } from 'zod';
import { peekKey } from '../keys/find-key.ts';
import { algorithmsOf, KEY_SPECS, type KeyUsage } from '../keys/key-specs.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import type { Spending } from '../limits/quota-gate.ts';
import { KmsRefusal } from '../refusal.ts';
import type { Call } from '../world.ts';
import { flag, keyIdText } from './parameters.ts';

/** What every cryptographic operation but Decrypt takes: any name of a key, and whether only to check the permission. */
export const cryptoBasics = { KeyId: keyIdText, DryRun: flag };

/** The longest message of Sign, Verify, GenerateMac and VerifyMac, in bytes. */
export const MESSAGE_BYTES_MAX = 4_096;

/** Signatures of a message that the caller has hashed already cannot be made with the cryptography at hand, so only RAW is known. */
export const messageType = z.literal('RAW').optional();

/** One unit of the pool that the key's spec shares; of the symmetric one when no such key is here. */
export const spendsPool = (keyIdGiven: string | undefined, call: Call): readonly Spending[] => {
  const key = keyIdGiven === undefined ? undefined : peekKey(keyIdGiven, call.shelf);
  return [{ region: call.region, quota: KEY_SPECS[key?.key.keySpec ?? 'SYMMETRIC_DEFAULT'].pool, units: 1 }];
};

/** @throws KmsRefusal (InvalidKeyUsageException) when the key is not for this operation or does not know the algorithm */
export const requireAlgorithm = (
  call: Call,
  { arn, key: { keySpec, keyUsage } }: RegionalKey,
  usage: KeyUsage,
  algorithm: string,
): void => {
  if (keyUsage !== usage)
    throw new KmsRefusal('InvalidKeyUsageException', `${arn} key usage is ${keyUsage} which is not valid for ${call.operation}.`);
  if (!algorithmsOf(keySpec, keyUsage).includes(algorithm)) {
    throw new KmsRefusal('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${keySpec}.`);
  }
};

/** @throws KmsRefusal (DryRunOperationException), which is how KMS says that the call would have been allowed */
export const endDryRun = (dryRun: boolean | undefined): void => {
  if (dryRun) throw new KmsRefusal('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
};
