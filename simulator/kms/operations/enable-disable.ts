import type { RegionalKey } from '../keys/kms-key.ts';
import { throttled } from '../refusal.ts';
import type { World } from '../world.ts';
import { keyOperation } from './operation.ts';

/** @throws KmsRefusal (ThrottlingException) when the key is switched too often, however low the account's rate is */
const switchTo = (state: 'Enabled' | 'Disabled', key: RegionalKey, { clock, hotSwitches }: World): undefined => {
  if (!hotSwitches.admit(key, clock.now())) throw throttled();
  key.change(clock.now(), { state });
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = keyOperation({ name: 'EnableKey', run: (_, key, { world }) => switchTo('Enabled', key, world) });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = keyOperation({ name: 'DisableKey', run: (_, key, { world }) => switchTo('Disabled', key, world) });
