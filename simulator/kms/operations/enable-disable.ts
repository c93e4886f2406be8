import { keyOperation } from './operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKey.html */
export const enableKey = keyOperation({
  name: 'EnableKey',
  run: (_, key, { world }) => {
    key.change(world.clock.now(), { state: 'Enabled' });
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKey.html */
export const disableKey = keyOperation({
  name: 'DisableKey',
  run: (_, key, { world }) => {
    key.change(world.clock.now(), { state: 'Disabled' });
    return undefined;
  },
});
