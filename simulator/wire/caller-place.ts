import { type Answer, refusal } from './answer.ts';
import type { CredentialScope } from './credential-scope.ts';
import type { WireSettings } from './settings.ts';

/** Whose KMS a request means, and in which Region. */
export interface CallerPlace {
  readonly account: string;
  readonly region: string;
}

/** An access key that is twelve digits is the number of its account; every other belongs to the first account. */
export const accountOf = (accessKeyId: string, accounts: WireSettings['accounts']): string | undefined => {
  if (!/^\d{12}$/.test(accessKeyId)) return accounts[0];
  return accounts.includes(accessKeyId) ? accessKeyId : undefined;
};

/** @returns the place, or the answer to credentials that are of no account or Region here: AWS does not know such a token either */
export const placeOf = (
  { accessKeyId, region }: CredentialScope,
  { accounts, regions }: WireSettings,
): CallerPlace | { readonly refused: Answer } => {
  const unknown = (sentence: string) => ({ refused: refusal('UnrecognizedClientException', sentence) });
  const account = accountOf(accessKeyId, accounts);
  if (account === undefined)
    return unknown(`This simulator has the accounts ${accounts.join(', ')}, not ${accessKeyId}: start it with --accounts.`);
  if (!regions.includes(region))
    return unknown(`This simulator has the Regions ${regions.join(', ')}, not ${region}: start it with --regions.`);
  return { account, region };
};
