import { keyOperation } from './operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html */
export const updateKeyDescription = keyOperation({
  name: 'UpdateKeyDescription',
  run: ({ Description: description }, key, { world }) => {
    key.change(world.clock.now(), { description });
    return undefined;
  },
});
