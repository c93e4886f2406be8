import { z } from 'zod';
import { keyPairOf } from '../cryptography/key-pairs.ts';
import { algorithmList } from '../keys/key-metadata.ts';
import { KEY_SPECS } from '../keys/key-specs.ts';
import { unsupported } from '../refusal.ts';
import { operation, usableKey } from './operation.ts';
import { keyIdText } from './parameters.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html */
export const getPublicKey = operation({
  name: 'GetPublicKey',
  parameters: z.strictObject({ KeyId: keyIdText }),
  run: ({ KeyId }, call) => {
    const usable = usableKey(call, KeyId, 'aliases');
    const { keySpec, keyUsage, keyId } = usable.key;
    if (KEY_SPECS[keySpec].pool === 'symmetric-cryptography') {
      throw unsupported(`${usable.arn} key spec is ${keySpec} which is not valid for GetPublicKey.`);
    }
    return {
      KeyId: usable.arn,
      PublicKey: keyPairOf(keySpec, keyId).publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      CustomerMasterKeySpec: keySpec,
      KeySpec: keySpec,
      KeyUsage: keyUsage,
      ...algorithmList(usable),
    };
  },
});
