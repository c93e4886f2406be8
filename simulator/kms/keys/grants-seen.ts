import type { Call } from '../world.ts';
import { type Grant, readGrantToken } from './grant.ts';
import { HISTORY_MS } from './history.ts';
import type { RegionalKey } from './kms-key.ts';
import { knowsOf } from './read-moment.ts';

const grantTokensOf = ({ parameters }: Call): readonly unknown[] => {
  const tokens = typeof parameters === 'object' && parameters !== null && 'GrantTokens' in parameters ? parameters.GrantTokens : undefined;
  return Array.isArray(tokens) ? tokens : [];
};

/** The grants of a key that count for this call: those it knows of, and those that its grant tokens name. */
export const grantsSeen = (call: Call, { grants, key: { keyId } }: RegionalKey): readonly Grant[] => {
  if (grants.size === 0) return [];
  const tokens = grantTokensOf(call).flatMap((token) => (typeof token === 'string' ? (readGrantToken(token) ?? []) : []));
  const named = new Set(tokens.filter((token) => token.keyId === keyId).map(({ grantId }) => grantId));
  return [...grants.values()].filter(({ grantId, createdAtMs, endedAtMs }) => {
    const hasEnded = endedAtMs !== undefined && (named.has(grantId) || knowsOf(call, endedAtMs));
    return !hasEnded && (named.has(grantId) || knowsOf(call, createdAtMs));
  });
};

/** Ends a grant; a stale read may show it for a while. */
export const endGrant = (call: Call, { grants }: RegionalKey, grant: Grant): void => {
  const { clock } = call.world;
  const ended = { ...grant, endedAtMs: clock.now() };
  grants.set(grant.grantId, ended);
  clock.after(HISTORY_MS, () => grants.delete(grant.grantId));
};
