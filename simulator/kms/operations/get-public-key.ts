import { currentMaterial } from '../keys/current-material.ts';
import { algorithmList } from '../keys/key-metadata.ts';
import { isAsymmetric } from '../keys/key-specs.ts';
import { unsupported } from '../refusal.ts';
import { requireGrantTokens } from './crypto-request.ts';
import { keyOperation } from './operation.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetPublicKey.html */
export const getPublicKey = keyOperation({
  name: 'GetPublicKey',
  aliases: 'aliases',
  run: ({ GrantTokens }, regional) => {
    const { arn, key } = regional;
    requireGrantTokens(GrantTokens);
    if (!isAsymmetric(key.keySpec)) throw unsupported(`${arn} key spec is ${key.keySpec} which is not valid for GetPublicKey.`);
    return {
      KeyId: arn,
      PublicKey: currentMaterial(key).pair().publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      CustomerMasterKeySpec: key.keySpec,
      KeySpec: key.keySpec,
      KeyUsage: key.keyUsage,
      ...algorithmList(regional),
    };
  },
});
