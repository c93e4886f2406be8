import { peekKey } from '../keys/find-key.ts';
import { readGrantToken } from '../keys/grant.ts';
import { algorithmsOf, type CryptoPool, KEY_SPECS, type KeyUsage } from '../keys/key-specs.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import type { Spending } from '../limits/quota-gate.ts';
import type { Parameters } from '../model/requests.ts';
import type { DataKeyPairOperation, PooledOperation } from '../operation-name.ts';
import { KmsRefusal, unsupported } from '../refusal.ts';
import type { Call } from '../world.ts';
import { type Answer, define, type Operation, usableKey } from './operation.ts';

/** The pool that the key's spec shares; the symmetric one when no such key is here. */
export const poolOf = (keyIdGiven: string | undefined, call: Call): CryptoPool => {
  const key = keyIdGiven === undefined ? undefined : peekKey(keyIdGiven, call.shelf);
  return KEY_SPECS[key?.key.keySpec ?? 'SYMMETRIC_DEFAULT'].pool;
};

/** One unit of the pool that the key's spec shares. */
export const spendsPool = (keyIdGiven: string | undefined, call: Call): readonly Spending[] => [
  { region: call.region, quota: poolOf(keyIdGiven, call), units: 1 },
];

/** @throws KmsRefusal (InvalidKeyUsageException) when the key is not for this operation or does not know the algorithm */
export const requireAlgorithm = (
  call: Call,
  { arn, key: { keySpec, keyUsage } }: RegionalKey,
  usage: KeyUsage,
  algorithm: string,
): void => {
  if (keyUsage !== usage)
    throw new KmsRefusal('InvalidKeyUsageException', `${arn} key usage is ${keyUsage} which is not valid for ${call.operation}.`);
  if (!algorithmsOf(keySpec, keyUsage).includes(algorithm)) {
    throw new KmsRefusal('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${keySpec}.`);
  }
};

/** @throws KmsRefusal (DryRunOperationException), which is how KMS says that the call would have been allowed */
export const endDryRun = (dryRun: boolean | undefined): void => {
  if (dryRun) throw new KmsRefusal('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
};

/** @throws KmsRefusal (InvalidGrantTokenException) for a token that no CreateGrant gave */
export const requireGrantTokens = (tokens: readonly string[] | undefined): void => {
  if (tokens?.some((token) => readGrantToken(token) === undefined)) {
    throw new KmsRefusal('InvalidGrantTokenException', 'One of the grant tokens is none that CreateGrant gave.');
  }
};

/** @throws KmsRefusal (UnsupportedOperationException) for what only a Nitro enclave can ask for */
export const refuseRecipient = (recipient: object | undefined): void => {
  if (recipient !== undefined) throw unsupported('This KMS cannot check attestation documents: leave the parameter Recipient out.');
};

/** What all operations with a key's material have in common. */
interface UseParameters {
  readonly KeyId: string;
  readonly GrantTokens?: readonly string[] | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Recipient?: object | undefined;
}

type UseOperation = {
  [Name in PooledOperation | DataKeyPairOperation]: Parameters<Name> extends UseParameters ? Name : never;
}[PooledOperation | DataKeyPairOperation];

interface UseDefinition<Name extends UseOperation> {
  readonly name: Name;
  readonly usage: KeyUsage;
  readonly algorithm: (parameters: Parameters<Name>) => string;
  /** Refuses what KMS refuses whether the run is dry or not. */
  readonly check?: (parameters: Parameters<Name>, key: RegionalKey) => void;
  readonly run: (parameters: Parameters<Name>, key: RegionalKey, call: Call) => Answer;
  readonly spends?: (parameters: Parameters<Name>, call: Call) => readonly Spending[];
}

/** Notes a use of the key's material, for GetKeyLastUsage. */
export const noteUse = ({ operation, requestId, world }: Call, key: RegionalKey): void => {
  key.lastUse = { operation, atMs: world.clock.now(), requestId };
};

/** The service model has made sure of KeyId. */
const use = ({ KeyId = '', GrantTokens, DryRun, Recipient }: Partial<UseParameters>): UseParameters => ({
  KeyId,
  GrantTokens,
  DryRun,
  Recipient,
});

/** Defines an operation that uses the material of the one key that KeyId names by any of its names. */
export const useOperation = <Name extends UseOperation>({ name, usage, algorithm, check, run, spends }: UseDefinition<Name>): Operation =>
  define({
    name,
    spends: spends ?? ((parameters, call) => spendsPool(use(parameters).KeyId, call)),
    run: (parameters, call) => {
      const { KeyId, GrantTokens, DryRun, Recipient } = use(parameters);
      refuseRecipient(Recipient);
      requireGrantTokens(GrantTokens);
      const key = usableKey(call, KeyId, { aliases: 'aliases' });
      requireAlgorithm(call, key, usage, algorithm(parameters));
      check?.(parameters, key);
      endDryRun(DryRun);
      noteUse(call, key);
      return run(parameters, key, call);
    },
  });
