import { randomBytes } from 'node:crypto';
import { freshPair, type PairSpec } from '../cryptography/key-pairs.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import type { Parameters } from '../model/requests.ts';
import { unsupported, validation } from '../refusal.ts';
import type { Call } from '../world.ts';
import { useOperation } from './crypto-request.ts';
import { sealUnder } from './symmetric.ts';

const BYTES_OF: Readonly<Record<'AES_256' | 'AES_128', number>> = { AES_256: 32, AES_128: 16 };

type DataKeyParameters = Parameters<'GenerateDataKeyWithoutPlaintext'>;
type DataKeyPairParameters = Parameters<'GenerateDataKeyPairWithoutPlaintext'>;

const bytesOf = ({ KeySpec, NumberOfBytes }: DataKeyParameters): number => {
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) throw validation('Please specify either number of bytes or key spec.');
  return KeySpec === undefined ? (NumberOfBytes ?? 0) : BYTES_OF[KeySpec];
};

/** Chance comes from Node, not from the seed: what is handed out as a key shall be one. */
const makeDataKey = (parameters: DataKeyParameters, key: RegionalKey, call: Call) => {
  const plaintext = randomBytes(bytesOf(parameters));
  const { ciphertext, materialId } = sealUnder(call, key, parameters.EncryptionContext ?? {}, plaintext);
  return { plaintext, answer: { CiphertextBlob: ciphertext.toString('base64'), KeyId: key.arn, KeyMaterialId: materialId } };
};

const pairSpecOf = ({ KeyPairSpec }: DataKeyPairParameters): PairSpec => {
  switch (KeyPairSpec) {
    case 'SM2':
    case 'ML_KEM_512':
    case 'ML_KEM_768':
    case 'ML_KEM_1024':
      throw unsupported(`This KMS cannot make data key pairs of spec ${KeyPairSpec}.`);
    default:
      return KeyPairSpec;
  }
};

const makeDataKeyPair = (parameters: DataKeyPairParameters, key: RegionalKey, call: Call) => {
  const { publicKey, privateKey } = freshPair(pairSpecOf(parameters));
  const plaintext = privateKey.export({ type: 'pkcs8', format: 'der' });
  const { ciphertext, materialId } = sealUnder(call, key, parameters.EncryptionContext ?? {}, plaintext);
  const answer = {
    PrivateKeyCiphertextBlob: ciphertext.toString('base64'),
    PublicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    KeyId: key.arn,
    KeyPairSpec: parameters.KeyPairSpec,
    KeyMaterialId: materialId,
  };
  return { plaintext, answer };
};

const dataKeys = { usage: 'ENCRYPT_DECRYPT', algorithm: () => 'SYMMETRIC_DEFAULT' } as const;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export const generateDataKey = useOperation({
  name: 'GenerateDataKey',
  ...dataKeys,
  check: bytesOf,
  run: (parameters, key, call) => {
    const { plaintext, answer } = makeDataKey(parameters, key, call);
    return { ...answer, Plaintext: plaintext.toString('base64') };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export const generateDataKeyWithoutPlaintext = useOperation({
  name: 'GenerateDataKeyWithoutPlaintext',
  ...dataKeys,
  check: bytesOf,
  run: (parameters, key, call) => makeDataKey(parameters, key, call).answer,
});

const dataKeyPairs = {
  ...dataKeys,
  check: pairSpecOf,
  spends: ({ KeyPairSpec }: DataKeyPairParameters, { region }: Call) => [
    { region, quota: `GenerateDataKeyPair of ${KeyPairSpec}` as const, units: 1 },
  ],
} as const;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html */
export const generateDataKeyPair = useOperation({
  name: 'GenerateDataKeyPair',
  ...dataKeyPairs,
  run: (parameters, key, call) => {
    const { plaintext, answer } = makeDataKeyPair(parameters, key, call);
    return { ...answer, PrivateKeyPlaintext: plaintext.toString('base64') };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPairWithoutPlaintext.html */
export const generateDataKeyPairWithoutPlaintext = useOperation({
  name: 'GenerateDataKeyPairWithoutPlaintext',
  ...dataKeyPairs,
  run: (parameters, key, call) => makeDataKeyPair(parameters, key, call).answer,
});
