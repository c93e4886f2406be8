import { digestBytesOf, isSignatureOfDigest, signDigest } from '../cryptography/digest-signature.ts';
import { isSignature, signMessage } from '../cryptography/signature.ts';
import { currentMaterial } from '../keys/current-material.ts';
import type { Parameters } from '../model/requests.ts';
import { KmsRefusal, unsupported, validation } from '../refusal.ts';
import { useOperation } from './crypto-request.ts';

type SigningParameters = Pick<Parameters<'Sign'>, 'Message' | 'MessageType' | 'SigningAlgorithm'>;

/** @throws KmsRefusal for a message type that the algorithm does not take, or that Node's cryptography cannot serve */
const requireMessageType = ({ Message, MessageType = 'RAW', SigningAlgorithm }: SigningParameters): void => {
  if (SigningAlgorithm === 'ED25519_PH_SHA_512') throw unsupported('This KMS cannot sign by ED25519_PH_SHA_512; it knows ED25519_SHA_512.');
  if (MessageType === 'RAW') return;
  if (MessageType === 'EXTERNAL_MU') {
    if (SigningAlgorithm !== 'ML_DSA_SHAKE_256') throw validation(`MessageType EXTERNAL_MU is not valid for ${SigningAlgorithm}.`);
    throw unsupported('This KMS cannot sign what was hashed as EXTERNAL_MU; send the message itself as RAW.');
  }
  const digestBytes = digestBytesOf(SigningAlgorithm);
  if (digestBytes === undefined) throw validation(`MessageType DIGEST is not valid for ${SigningAlgorithm}.`);
  if (Message.length !== digestBytes) throw validation(`Digest is invalid length for algorithm ${SigningAlgorithm}.`);
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html */
export const sign = useOperation({
  name: 'Sign',
  usage: 'SIGN_VERIFY',
  algorithm: ({ SigningAlgorithm }) => SigningAlgorithm,
  check: requireMessageType,
  run: ({ Message, MessageType, SigningAlgorithm }, { arn, key }) => {
    const { privateKey } = currentMaterial(key).pair();
    const signed = MessageType === 'DIGEST' ? signDigest : signMessage;
    return { KeyId: arn, Signature: signed(SigningAlgorithm, privateKey, Message).toString('base64'), SigningAlgorithm };
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Verify.html */
export const verify = useOperation({
  name: 'Verify',
  usage: 'SIGN_VERIFY',
  algorithm: ({ SigningAlgorithm }) => SigningAlgorithm,
  check: requireMessageType,
  run: ({ Message, MessageType, Signature, SigningAlgorithm }, { arn, key }) => {
    const { publicKey } = currentMaterial(key).pair();
    const holds = MessageType === 'DIGEST' ? isSignatureOfDigest : isSignature;
    // KMS sends this error without a message.
    if (!holds(SigningAlgorithm, publicKey, Message, Signature)) throw new KmsRefusal('KMSInvalidSignatureException', '');
    return { KeyId: arn, SignatureValid: true, SigningAlgorithm };
  },
});
