import { Duration } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import type { Construct } from 'constructs';
import { FUNCTION_TIMEOUT_SECONDS, type FunctionName } from '../../core/limits.ts';
import { ChainFunction, type FunctionParts } from './function.ts';

export type Functions = Readonly<Record<FunctionName, ChainFunction>>;

/** Signals come in bursts of copies; more of them at once would only find each other's claims. */
const TRIGGERS_AT_ONCE = 5;
/** Batches at once per account, as the definition has it, and room for those that start anew. */
const BATCHES_AT_ONCE = 5;
const SPARE = 4;
/** An account starts with 1,000 invocations at once, of which Lambda wants 100 unreserved. */
const PROMOTES_AT_ONCE_MAX = 400;

/** So much is kept free for each function whatever else runs in the account, and is not exceeded either. */
const reservedFor = (name: FunctionName, accounts: number): number | undefined => {
  if (name === 'trigger') return TRIGGERS_AT_ONCE;
  return name === 'promote' ? Math.min(BATCHES_AT_ONCE * accounts + SPARE, PROMOTES_AT_ONCE_MAX) : undefined;
};

/** Every function. Only `trigger` is called without anybody waiting for the answer: what it fails at goes to a queue. */
export const createFunctions = (scope: Construct, parts: FunctionParts): Functions => {
  const names = Object.keys(FUNCTION_TIMEOUT_SECONDS) as readonly FunctionName[];
  const functions = Object.fromEntries(
    names.map((name) => [name, new ChainFunction(scope, name, parts, reservedFor(name, parts.memberAccounts.length))]),
  ) as Functions;
  functions.trigger.version.configureAsyncInvoke({
    onFailure: new SqsDestination(parts.failures),
    retryAttempts: 2,
    maxEventAge: Duration.hours(1),
  });
  return functions;
};
