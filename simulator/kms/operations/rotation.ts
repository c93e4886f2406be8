import { z } from 'zod';
import { wireDate } from '../keys/key-metadata.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { unsupported } from '../refusal.ts';
import type { Call } from '../world.ts';
import { operation, usableKey } from './operation.ts';
import { keyIdText } from './parameters.ts';

const DAY_MS = 86_400_000;

const requireRotatable = (call: Call, key: RegionalKey): RegionalKey => {
  if (key.key.keySpec !== 'SYMMETRIC_DEFAULT') {
    throw unsupported(`${key.arn} key spec is ${key.key.keySpec} which is not valid for ${call.operation}.`);
  }
  return key;
};

/** The key, if its rotation can be changed here: related keys share the setting, and it is changed on the primary only. */
const changeable = (call: Call, keyIdGiven: string): RegionalKey => {
  const key = requireRotatable(call, usableKey(call, keyIdGiven));
  if (key.now.role === 'REPLICA') {
    throw unsupported(`${key.arn} is a multi-region replica key which is not valid for ${call.operation}.`);
  }
  return key;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const enableKeyRotation = operation({
  name: 'EnableKeyRotation',
  parameters: z.strictObject({ KeyId: keyIdText, RotationPeriodInDays: z.number().int().min(90).max(2_560).default(365) }),
  run: ({ KeyId, RotationPeriodInDays: periodInDays }, call) => {
    changeable(call, KeyId).key.rotation = { periodInDays, nextMs: call.world.clock.now() + periodInDays * DAY_MS };
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export const disableKeyRotation = operation({
  name: 'DisableKeyRotation',
  parameters: z.strictObject({ KeyId: keyIdText }),
  run: ({ KeyId }, call) => {
    changeable(call, KeyId).key.rotation = undefined;
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export const getKeyRotationStatus = operation({
  name: 'GetKeyRotationStatus',
  parameters: z.strictObject({ KeyId: keyIdText }),
  run: ({ KeyId }, call) => {
    const { arn, key } = requireRotatable(call, usableKey(call, KeyId));
    const { rotation } = key;
    if (rotation === undefined) return { KeyId: arn, KeyRotationEnabled: false };
    const { periodInDays, nextMs } = rotation;
    return { KeyId: arn, KeyRotationEnabled: true, RotationPeriodInDays: periodInDays, NextRotationDate: wireDate(nextMs) };
  },
});
