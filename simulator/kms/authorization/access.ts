import { aliasArn, keyArn } from '../keys/arn.ts';
import { type Grant, readGrantToken } from '../keys/grant.ts';
import { grantsSeen } from '../keys/grants-seen.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { seenView } from '../keys/read-moment.ts';
import { hidden, notAuthorized } from '../refusal.ts';
import type { Call } from '../world.ts';
import type { Authorization, Resource } from './authorization.ts';

/** A key policy that leaves everything to the account's IAM policies, as those of the keys to come are taken to do. */
const leavingItToIam = (account: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
  });

const ALIAS_OPERATIONS: ReadonlySet<string> = new Set(['CreateAlias', 'UpdateAlias', 'DeleteAlias']);

/** The parameter that named the key of an action; most operations call it KeyId. */
const KEY_PARAMETER: Readonly<Record<string, string>> = {
  CreateAlias: 'TargetKeyId',
  UpdateAlias: 'TargetKeyId',
  ReEncryptFrom: 'SourceKeyId',
  ReEncryptTo: 'DestinationKeyId',
};

const requestOf = (call: Call, action: string, region: string) => {
  const { caller, parameters } = call;
  return {
    caller,
    action,
    region,
    parameters,
    keyIdText: parameters[KEY_PARAMETER[action] ?? 'KeyId'],
    atMs: call.world.clock.now(),
    byKms: region !== call.region,
  };
};

/** Asks about something that is no existing key, in whose stead only IAM policies count. @throws KmsRefusal (AccessDeniedException) */
const requireWithoutKey = (authorization: Authorization, call: Call, action: string, region: string, arn: string): void => {
  const keyPolicy = arn.endsWith(':key/*') ? leavingItToIam(call.account) : undefined;
  const resource: Resource = { arn, account: call.account, keyPolicy, grants: [] };
  const { verdict } = authorization.decide({ ...requestOf(call, action, region), key: undefined }, resource);
  if (!verdict.allowed) throw notAuthorized(verdict.message);
};

/** A key to come is asked about before it has an ARN. https://docs.aws.amazon.com/kms/latest/developerguide/create-keys.html */
const requireCreation = (authorization: Authorization, call: Call, region: string): void => {
  requireWithoutKey(authorization, call, 'CreateKey', region, '*');
  const { Tags } = call.parameters;
  if (Array.isArray(Tags) && Tags.length > 0) {
    requireWithoutKey(authorization, call, 'TagResource', region, keyArn(call.account, region, '*'));
  }
};

/**
 * Whether the caller may do what acts on no key, or on an alias. Asks about nothing else, and nothing at all when
 * authorization is off.
 * @throws KmsRefusal (AccessDeniedException)
 */
export const requireAccountAccess = (call: Call): void => {
  const { authorization } = call.world;
  if (authorization === undefined) return;
  const { account, operation, parameters, region } = call;
  if (operation === 'CreateKey') requireCreation(authorization, call, region);
  else if (ALIAS_OPERATIONS.has(operation)) {
    requireWithoutKey(authorization, call, operation, region, aliasArn(account, region, String(parameters.AliasName)));
  } else if (authorization.knows(operation) && authorization.facts(operation).wildcardOnly) {
    requireWithoutKey(authorization, call, operation, region, '*');
  }
};

/** The grants that can let the caller do this: to retire a grant, no other than that one. */
const grantsThatCount = (call: Call, key: RegionalKey, action: string): readonly Grant[] => {
  const grants = grantsSeen(call, key);
  if (action !== 'RetireGrant') return grants;
  const { GrantId, GrantToken } = call.parameters;
  const retired = typeof GrantToken === 'string' ? readGrantToken(GrantToken)?.grantId : GrantId;
  return grants.filter(({ grantId }) => grantId === retired);
};

/**
 * Whether the caller may do this to a key in the key's own Region: that of the call, or the other one of a promotion.
 * @param action the IAM action, without `kms:`
 * @throws KmsRefusal (AccessDeniedException)
 */
export const requireKeyAccess = (call: Call, regional: RegionalKey, action: string): void => {
  const { authorization, ring } = call.world;
  const { arn, key, region } = regional;
  if (authorization === undefined) {
    // Where no policy is evaluated, none lets another account in.
    if (key.account !== call.account) throw hidden(call.caller.arn, action);
    return;
  }
  if (authorization.facts(action).wildcardOnly) return;
  const view = seenView(call, regional);
  const aliases = () =>
    [...ring.shelf(key.account, region).aliases.values()].filter(({ keyId }) => keyId === key.keyId).map(({ name }) => name);
  const resource: Resource = { arn, account: key.account, keyPolicy: view.policy, grants: grantsThatCount(call, regional, action) };
  const { verdict } = authorization.decide({ ...requestOf(call, action, region), key: { key: regional, view, aliases } }, resource);
  if (!verdict.allowed) throw notAuthorized(verdict.message);
  const { ReplicaRegion } = call.parameters;
  if (action === 'ReplicateKey' && typeof ReplicaRegion === 'string') requireCreation(authorization, call, ReplicaRegion);
};
