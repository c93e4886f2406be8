import {
  EncryptCommand,
  type EncryptionAlgorithmSpec,
  GenerateMacCommand,
  type KMSClient,
  type MacAlgorithmSpec,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import type { KmsFailure } from '../../core/key/failure.ts';
import type { Nature } from '../../core/key/key.ts';
import { answered } from './answer.ts';

/** What is signed or encrypted to prove a key: no secret, and short enough for every algorithm. */
const MESSAGE = Buffer.from('mrk-failover proof');

const lacking = (what: string, nature: Nature): KmsFailure => ({
  kind: 'failure',
  code: 'refused',
  errorName: 'NoProofForThisKind',
  message: `No ${what} is known for a key of usage ${nature.usage} and spec ${nature.spec}.`,
});

/** The first algorithm that the key offers for its usage: any of them shows that the key may be used here. */
const algorithmOf = <T extends string>(nature: Nature): T | undefined => nature.algorithms[0] as T | undefined;

/** Asks by DryRun. KMS answers a DryRun that would have worked with an error of its own: https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html */
export const rehearse = async (client: KMSClient, keyId: string, nature: Nature): Promise<{ readonly kind: 'allowed' } | KmsFailure> => {
  const reply = await answered(dryRun(client, keyId, nature));
  if (reply === undefined) return { kind: 'allowed' };
  return reply.errorName === 'DryRunOperationException' ? { kind: 'allowed' } : reply;
};

const dryRun = async (client: KMSClient, keyId: string, nature: Nature): Promise<undefined | KmsFailure> => {
  const common = { KeyId: keyId, DryRun: true };
  switch (nature.usage) {
    case 'SIGN_VERIFY': {
      const SigningAlgorithm = algorithmOf<SigningAlgorithmSpec>(nature);
      if (SigningAlgorithm === undefined) return lacking('signing algorithm', nature);
      await client.send(new SignCommand({ ...common, Message: MESSAGE, SigningAlgorithm }));
      return undefined;
    }
    case 'GENERATE_VERIFY_MAC': {
      const MacAlgorithm = algorithmOf<MacAlgorithmSpec>(nature);
      if (MacAlgorithm === undefined) return lacking('MAC algorithm', nature);
      await client.send(new GenerateMacCommand({ ...common, Message: MESSAGE, MacAlgorithm }));
      return undefined;
    }
    case 'ENCRYPT_DECRYPT': {
      const EncryptionAlgorithm = algorithmOf<EncryptionAlgorithmSpec>(nature);
      if (EncryptionAlgorithm === undefined) return lacking('encryption algorithm', nature);
      await client.send(new EncryptCommand({ ...common, Plaintext: MESSAGE, EncryptionAlgorithm }));
      return undefined;
    }
    case 'KEY_AGREEMENT':
    case 'ENCAPSULATE_DECAPSULATE':
      // The public key is all that these kinds show without a second party.
      return undefined;
  }
};

/** Signs, or makes a MAC, and has KMS check it in the same Region. Keys that do neither pass: decryption proved them. */
export const signAndVerify = async (client: KMSClient, keyId: string, nature: Nature): Promise<{ readonly kind: 'valid' } | KmsFailure> => {
  const made = await answered(signed(client, keyId, nature));
  return made ?? { kind: 'valid' };
};

const signed = async (client: KMSClient, keyId: string, nature: Nature): Promise<undefined | KmsFailure> => {
  const common = { KeyId: keyId, Message: MESSAGE };
  if (nature.usage === 'SIGN_VERIFY') {
    const SigningAlgorithm = algorithmOf<SigningAlgorithmSpec>(nature);
    if (SigningAlgorithm === undefined) return lacking('signing algorithm', nature);
    const { Signature } = await client.send(new SignCommand({ ...common, SigningAlgorithm }));
    await client.send(new VerifyCommand({ ...common, Signature, SigningAlgorithm }));
  }
  if (nature.usage === 'GENERATE_VERIFY_MAC') {
    const MacAlgorithm = algorithmOf<MacAlgorithmSpec>(nature);
    if (MacAlgorithm === undefined) return lacking('MAC algorithm', nature);
    const { Mac } = await client.send(new GenerateMacCommand({ ...common, MacAlgorithm }));
    await client.send(new VerifyMacCommand({ ...common, Mac, MacAlgorithm }));
  }
  return undefined;
};
