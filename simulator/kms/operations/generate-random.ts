import { randomBytes } from 'node:crypto';
import { KmsRefusal, validation } from '../refusal.ts';
import { refuseRecipient } from './crypto-request.ts';
import { define } from './operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html */
export const generateRandom = define({
  name: 'GenerateRandom',
  spends: (_, { region }) => [{ region, quota: 'symmetric-cryptography', units: 1 }],
  run: ({ NumberOfBytes, CustomKeyStoreId, Recipient }) => {
    refuseRecipient(Recipient);
    if (CustomKeyStoreId !== undefined)
      throw new KmsRefusal('CustomKeyStoreNotFoundException', `There is no custom key store ${CustomKeyStoreId}.`);
    if (NumberOfBytes === undefined) throw validation('Please specify number of bytes.');
    return { Plaintext: randomBytes(NumberOfBytes).toString('base64') };
  },
});
