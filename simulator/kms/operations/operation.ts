import type { z } from 'zod';
import { findKey } from '../keys/find-key.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { requireState } from '../keys/require-state.ts';
import type { Spending } from '../limits/quota-gate.ts';
import type { QuotaName } from '../limits/quotas.ts';
import type { CryptoOperation, OperationName } from '../operation-name.ts';
import { accessDenied } from '../refusal.ts';
import type { Call } from '../world.ts';
import { parseParameters } from './parameters.ts';

/** The body of a successful answer; undefined for the operations that answer with an empty one. */
export type Answer = Readonly<Record<string, unknown>> | undefined;

/** A request whose parameters are understood. */
export interface ReadyRequest {
  /** What the call takes from the quotas, in which Regions. */
  spends(call: Call): readonly Spending[];
  /** Carries the call out. @throws KmsRefusal */
  run(call: Call): Answer;
}

/** One operation of the API. */
export interface Operation {
  readonly name: OperationName;
  /** @throws KmsRefusal (ValidationException) for parameters that are unknown, missing or out of bounds */
  read(body: unknown): ReadyRequest;
}

interface Definition<Name extends OperationName, Schema extends z.ZodType> {
  readonly name: Name;
  readonly parameters: Schema;
  readonly run: (parameters: z.output<Schema>, call: Call) => Answer;
  /** Needed where a call does not simply spend one unit of the operation's own quota here. */
  readonly spends?: (parameters: z.output<Schema>, call: Call) => readonly Spending[];
}

const build = <Schema extends z.ZodType>(
  name: OperationName,
  parameters: Schema,
  run: (parameters: z.output<Schema>, call: Call) => Answer,
  spends: (parameters: z.output<Schema>, call: Call) => readonly Spending[],
): Operation => ({
  name,
  read: (body) => {
    const given = parseParameters(parameters, body);
    return { spends: (call) => spends(given, call), run: (call) => run(given, call) };
  },
});

/** Defines an operation with a quota of its own, of which a call spends one unit in its Region unless `spends` says otherwise. */
export const operation = <Name extends Exclude<OperationName, CryptoOperation>, Schema extends z.ZodType>(
  definition: Definition<Name, Schema>,
): Operation => {
  const quota: QuotaName = definition.name;
  const spendsOne = (_: unknown, call: Call): readonly Spending[] => [{ region: call.region, quota, units: 1 }];
  return build(definition.name, definition.parameters, definition.run, definition.spends ?? spendsOne);
};

/** Defines a cryptographic operation, which spends from a pool that it shares with others. */
export const cryptoOperation = <Schema extends z.ZodType>(definition: Required<Definition<CryptoOperation, Schema>>): Operation =>
  build(definition.name, definition.parameters, definition.run, definition.spends);

/** @throws AccessDeniedException that names this side's ARN when its policy denies the operation */
export const requireAccess = ({ operation: name, account }: Call, { denied, arn }: RegionalKey): void => {
  if (denied.has(name)) throw accessDenied(account, name, arn);
};

/** The key a KeyId parameter means, if the caller may do this operation on it and its state allows it. @throws KmsRefusal */
export const usableKey = (call: Call, keyIdText: string, aliases: 'aliases' | 'no aliases' = 'no aliases'): RegionalKey => {
  const key = findKey(keyIdText, call.shelf, call.operation, aliases);
  requireAccess(call, key);
  requireState(call.operation, key, call.world.temperament);
  return key;
};
