import { createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';
import { currentMaterial } from '../keys/current-material.ts';
import { validation } from '../refusal.ts';
import { useOperation } from './crypto-request.ts';

/** @throws KmsRefusal (ValidationException) for what is no public key on the curve of the private one */
const peerOf = (spki: Buffer, privateKey: KeyObject): KeyObject => {
  const namedCurve = privateKey.asymmetricKeyDetails?.namedCurve;
  const misfit = validation(`PublicKey must be a DER-encoded X.509 public key (SubjectPublicKeyInfo) on the curve ${namedCurve}.`);
  try {
    const peer = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    if (peer.asymmetricKeyType === 'ec' && peer.asymmetricKeyDetails?.namedCurve === namedCurve) return peer;
  } catch {
    throw misfit;
  }
  throw misfit;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeriveSharedSecret.html */
export const deriveSharedSecret = useOperation({
  name: 'DeriveSharedSecret',
  usage: 'KEY_AGREEMENT',
  algorithm: ({ KeyAgreementAlgorithm }) => KeyAgreementAlgorithm,
  check: ({ PublicKey }, { key }) => {
    peerOf(PublicKey, currentMaterial(key).pair().privateKey);
  },
  run: ({ PublicKey, KeyAgreementAlgorithm }, { arn, key }) => {
    const { privateKey } = currentMaterial(key).pair();
    const secret = diffieHellman({ privateKey, publicKey: peerOf(PublicKey, privateKey) });
    return { KeyId: arn, SharedSecret: secret.toString('base64'), KeyAgreementAlgorithm, KeyOrigin: key.origin };
  },
});
