import { z } from 'zod';
import { operation, usableKey } from './operation.ts';
import { keyIdText } from './parameters.ts';

const parameters = z.strictObject({ KeyId: keyIdText });

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = operation({
  name: 'EnableKey',
  parameters,
  run: ({ KeyId }, call) => {
    usableKey(call, KeyId).change(call.world.clock.now(), { state: 'Enabled' });
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = operation({
  name: 'DisableKey',
  parameters,
  run: ({ KeyId }, call) => {
    usableKey(call, KeyId).change(call.world.clock.now(), { state: 'Disabled' });
    return undefined;
  },
});
