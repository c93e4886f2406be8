import { type Grant, readGrantToken, writeGrantToken } from '../keys/grant.ts';
import { endGrant, grantsSeen } from '../keys/grants-seen.ts';
import { wireDate } from '../keys/key-metadata.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import type { Parameters } from '../model/requests.ts';
import { KmsRefusal, notFound, validation } from '../refusal.ts';
import type { Call } from '../world.ts';
import { endDryRun, requireGrantTokens } from './crypto-request.ts';
import { either, type GrantTerms, termsOf } from './grant-terms.ts';
import { keyOperation, operation, requireAccess, usableKey } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const GRANTS_PER_KEY_MAX = 50_000;

/** A grant of the same name and the same terms is made once only, so that a request can be repeated. */
const sameGrant = ({ grants }: RegionalKey, terms: GrantTerms): Grant | undefined => {
  if (terms.name === undefined) return undefined;
  const wanted = JSON.stringify(terms);
  return [...grants.values()].find(
    ({ grantId: _, createdAtMs: __, endedAtMs, ...rest }) => endedAtMs === undefined && JSON.stringify(rest) === wanted,
  );
};

const makeGrant = ({ world }: Call, key: RegionalKey, terms: GrantTerms): Grant => {
  if (key.grants.size >= GRANTS_PER_KEY_MAX)
    throw new KmsRefusal('LimitExceededException', `${key.arn} has ${GRANTS_PER_KEY_MAX} grants already.`);
  const grant = { ...terms, grantId: world.keyIds.hex(64), createdAtMs: world.clock.now(), endedAtMs: undefined };
  key.grants.set(grant.grantId, grant);
  return grant;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html */
export const createGrant = keyOperation({
  name: 'CreateGrant',
  run: (parameters, key, call) => {
    requireGrantTokens(parameters.GrantTokens);
    const terms = termsOf(parameters, key, call.account);
    endDryRun(parameters.DryRun);
    const { grantId } = sameGrant(key, terms) ?? makeGrant(call, key, terms);
    return { GrantId: grantId, GrantToken: writeGrantToken({ keyId: key.key.keyId, grantId }, call.world.keyIds.hex(32)) };
  },
});

const entry = (key: RegionalKey, grant: Grant) => {
  const { encryptionContextSubset, encryptionContextEquals, sourceArn } = grant.constraints ?? {};
  return {
    KeyId: key.arn,
    GrantId: grant.grantId,
    ...(grant.name !== undefined && { Name: grant.name }),
    CreationDate: wireDate(grant.createdAtMs),
    GranteePrincipal: grant.granteePrincipal,
    ...(grant.retiringPrincipal !== undefined && { RetiringPrincipal: grant.retiringPrincipal }),
    IssuingAccount: grant.issuingAccount,
    Operations: grant.operations,
    ...(grant.constraints !== undefined && {
      Constraints: {
        ...(encryptionContextSubset !== undefined && { EncryptionContextSubset: encryptionContextSubset }),
        ...(encryptionContextEquals !== undefined && { EncryptionContextEquals: encryptionContextEquals }),
        ...(sourceArn !== undefined && { SourceArn: sourceArn }),
      },
    }),
  };
};

type GrantOfKey = { readonly key: RegionalKey; readonly grant: Grant };

const answerPage = (found: readonly GrantOfKey[], limit: number, marker: string | undefined) => {
  const byId = new Map(found.map((one) => [one.grant.grantId, one]));
  const page = pageOf([...byId.keys()].sort(), limit, marker);
  const shown = page.names.flatMap((grantId) => byId.get(grantId) ?? []);
  return { Grants: shown.map(({ key, grant }) => entry(key, grant)), ...pagingAnswer(page) };
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html */
export const listGrants = keyOperation({
  name: 'ListGrants',
  run: ({ GrantId, GranteePrincipal, GranteeServicePrincipal, Limit = 50, Marker }, key, call) => {
    const grantee = either({ GranteePrincipal, GranteeServicePrincipal });
    const wanted = grantsSeen(call, key).filter(
      ({ grantId, granteePrincipal }) => (GrantId ?? grantId) === grantId && (grantee ?? granteePrincipal) === granteePrincipal,
    );
    return answerPage(
      wanted.map((grant) => ({ key, grant })),
      Limit,
      Marker,
    );
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html */
export const listRetirableGrants = operation({
  name: 'ListRetirableGrants',
  run: ({ RetiringPrincipal, RetiringServicePrincipal, Limit = 50, Marker }, call) => {
    const retiring = either({ RetiringPrincipal, RetiringServicePrincipal });
    if (retiring === undefined) {
      throw validation(
        "1 validation error detected: Value null at 'retiringPrincipal' failed to satisfy constraint: Member must not be null",
      );
    }
    const found = [...call.shelf.keys.values()].flatMap((key) =>
      grantsSeen(call, key)
        .filter(({ retiringPrincipal }) => retiringPrincipal === retiring)
        .map((grant) => ({ key, grant })),
    );
    return answerPage(found, Limit, Marker);
  },
});

/** @throws KmsRefusal (InvalidGrantIdException, NotFoundException) */
const liveGrant = ({ arn, grants }: RegionalKey, grantId: string): Grant => {
  if (!/^[0-9a-f]{64}$/.test(grantId)) throw new KmsRefusal('InvalidGrantIdException', 'A GrantId has 64 hexadecimal digits.');
  const grant = grants.get(grantId);
  if (grant === undefined || grant.endedAtMs !== undefined) throw notFound(`Grant ID ${grantId} not found on ${arn}.`);
  return grant;
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RevokeGrant.html */
export const revokeGrant = keyOperation({
  name: 'RevokeGrant',
  run: ({ GrantId, DryRun }, key, call) => {
    const grant = liveGrant(key, GrantId);
    endDryRun(DryRun);
    endGrant(call, key, grant);
    return undefined;
  },
});

/** The grant that RetireGrant names: by its token, or by the key's ARN and the grant's ID. */
const retired = (call: Call, { GrantToken, KeyId, GrantId }: Parameters<'RetireGrant'>): GrantOfKey => {
  if (GrantToken !== undefined) {
    if (KeyId !== undefined || GrantId !== undefined) throw validation('Give GrantToken alone, or KeyId and GrantId.');
    const token = readGrantToken(GrantToken);
    const key = token && call.shelf.keys.get(token.keyId);
    if (token === undefined || key === undefined)
      throw new KmsRefusal('InvalidGrantTokenException', 'The grant token is none of this Region.');
    requireAccess(call, key);
    return { key, grant: liveGrant(key, token.grantId) };
  }
  if (KeyId === undefined || GrantId === undefined) throw validation('Give GrantToken alone, or KeyId and GrantId.');
  if (!KeyId.startsWith('arn:')) throw new KmsRefusal('InvalidArnException', `${KeyId} is not the ARN of a key, which RetireGrant needs.`);
  const key = usableKey(call, KeyId);
  return { key, grant: liveGrant(key, GrantId) };
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RetireGrant.html */
export const retireGrant = operation({
  name: 'RetireGrant',
  run: (parameters, call) => {
    const { key, grant } = retired(call, parameters);
    endDryRun(parameters.DryRun);
    endGrant(call, key, grant);
    return undefined;
  },
});
