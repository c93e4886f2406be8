import { requireKeyAccess } from '../authorization/access.ts';
import { type AliasesTaken, findKey } from '../keys/find-key.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { requireState } from '../keys/require-state.ts';
import type { Spending } from '../limits/quota-gate.ts';
import { readRequest } from '../model/read-request.ts';
import type { Parameters } from '../model/requests.ts';
import type { DataKeyPairOperation, OperationName, PooledOperation } from '../operation-name.ts';
import { accessDenied } from '../refusal.ts';
import type { Call } from '../world.ts';

/** The body of a successful answer; undefined for the operations that answer with an empty one. */
export type Answer = Readonly<Record<string, unknown>> | undefined;

/** A request whose parameters are understood. */
interface ReadyRequest {
  /** What the call takes from the quotas, in which Regions. */
  spends(call: Call): readonly Spending[];
  /** Carries the call out. @throws KmsRefusal */
  run(call: Call): Answer;
}

/** One operation of the API. */
export interface Operation {
  readonly name: OperationName;
  /** @throws KmsRefusal (SerializationException, ValidationException) for parameters that are unknown, missing, of the wrong type or out of bounds */
  read(body: unknown): ReadyRequest;
}

type OperationWithQuota = Exclude<OperationName, PooledOperation | DataKeyPairOperation>;

type Spends<Name extends OperationName> = (parameters: Parameters<Name>, call: Call) => readonly Spending[];

interface Definition<Name extends OperationName> {
  readonly name: Name;
  readonly run: (parameters: Parameters<Name>, call: Call) => Answer;
  readonly spends: Spends<Name>;
}

/** Defines an operation. It names the keys it touches by `usableKey`, once for each of them. */
export const define = <Name extends OperationName>({ name, run, spends }: Definition<Name>): Operation => ({
  name,
  read: (body) => {
    const given = readRequest(name, body);
    return { spends: (call) => spends(given, call), run: (call) => run(given, call) };
  },
});

/** Defines an operation with a quota of its own, of which a call spends one unit in its Region unless `spends` says otherwise. */
export const operation = <Name extends OperationWithQuota>(
  definition: Omit<Definition<Name>, 'spends'> & { readonly spends?: Spends<Name> },
): Operation => define({ spends: (_, { region }) => [{ region, quota: definition.name, units: 1 }], ...definition });

/** The operations that act on one key, which they call KeyId. */
type KeyOperationName = {
  [Name in OperationWithQuota]: Parameters<Name> extends { readonly KeyId: string } ? Name : never;
}[OperationWithQuota];

interface KeyDefinition<Name extends KeyOperationName> {
  readonly name: Name;
  /** Whether KeyId may be an alias; most operations refuse one. */
  readonly aliases?: AliasesTaken;
  readonly run: (parameters: Parameters<Name>, key: RegionalKey, call: Call) => Answer;
}

/** What an operation's parameters call KeyId, which the service model has made sure of. */
const keyNameIn = ({ KeyId = '' }: { readonly KeyId?: string }): string => KeyId;

/** Defines an operation that acts on the one key that KeyId names, once the caller may do so and the key's state allows it. */
export const keyOperation = <Name extends KeyOperationName>({ name, aliases, run }: KeyDefinition<Name>): Operation =>
  operation({ name, run: (parameters, call) => run(parameters, usableKey(call, keyNameIn(parameters), { aliases }), call) });

/**
 * @param action the IAM action, where it is not the operation's own name
 * @throws AccessDeniedException that names this side's ARN when the operation is denied there
 */
export const requireAccess = (call: Call, key: RegionalKey, action: string = call.operation): void => {
  if (key.denied.has(call.operation)) throw accessDenied(call.caller.arn, action, key.arn);
  requireKeyAccess(call, key, action);
};

/** How an operation touches a key, where that is not the usual way: by no alias, and under its own name. */
export interface Touch {
  readonly aliases?: AliasesTaken | undefined;
  /** The IAM action. */
  readonly action?: string;
}

/** The key a KeyId parameter means, if the caller may do this operation on it and its state allows it. @throws KmsRefusal */
export const usableKey = (call: Call, keyIdText: string, { aliases = 'no aliases', action }: Touch = {}): RegionalKey => {
  const key = findKey(call, keyIdText, aliases);
  requireAccess(call, key, action);
  requireState(call.operation, key, call.world.temperament);
  return key;
};
