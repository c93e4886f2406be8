import type { LifecycleEvent } from '../events/lifecycle.ts';
import { etaSeconds } from '../quota/eta.ts';
import type { RunRequest } from '../run/request.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { instant, span } from '../words/time.ts';

/** What is known when a person is asked. */
export interface Question {
  /** The decision's name, as `approve` takes it. */
  readonly id: string;
  readonly request: RunRequest;
  readonly why: string;
  /** What keeps the run from starting by itself, a sentence each. */
  readonly objections: readonly string[];
  readonly keys: number;
  readonly accounts: number;
  readonly ratePerSecond: number;
  readonly sourceVerdict: Verdict;
  readonly expiresAt: number;
  /** The function URL of the right to approve, as far as the function that asks knows it. */
  readonly approveUrl: string | undefined;
}

/** The event that asks a person, with everything that they need to answer. */
export const question = (asked: Question): Extract<LifecycleEvent, { detailType: 'Approval Requested' }> => {
  const { id, request, keys, accounts, expiresAt, approveUrl } = asked;
  return {
    detailType: 'Approval Requested',
    detail: {
      eventId: `approval-${id}`,
      decision: id,
      ...request,
      why: asked.why,
      keys,
      gain: gainOf(asked),
      blastRadius: `${keys} keys of fleet ${request.fleet} in ${accounts === 1 ? 'one account' : `${accounts} accounts`} change the Region of their primary, from ${request.source} to ${request.target}. Key IDs, ARNs, key material, policies and aliases stay as they are; encryption and decryption go on in every Region meanwhile. UpdatePrimaryRegion's quota of both Regions is used up to ${asked.ratePerSecond} calls a second and account. It can be moved back.`,
      eta: etaOf(asked),
      ifNobodyAnswers: `Nothing. No key is moved; the question ends at ${instant(expiresAt)}, and a further signal of the incident asks again.`,
      objections: [...asked.objections],
      command: `mrk-failover approve ${id} --reason "…"${approveUrl === undefined ? '' : ` --url ${approveUrl}`}`,
      expiresAt,
    },
  };
};

const gainOf = ({ request, sourceVerdict }: Question): string => {
  const lost = `While the primaries are in ${request.source} and KMS there is in trouble, no replica can be added, no rotation changed and no primary moved; data in ${request.target} can be encrypted and decrypted all the same`;
  if (sourceVerdict === 'unreachable')
    return `${lost}. KMS in ${request.source} answers nobody at present, so the keys would be parked, proven in ${request.target}, and moved as soon as it answers.`;
  if (sourceVerdict === 'degraded')
    return `${lost}. KMS in ${request.source} still answers some calls: a move is possible now, and may not be later.`;
  return `${lost}. Moving now makes ${request.target} answer for the keys before that happens.`;
};

const etaOf = ({ keys, accounts, ratePerSecond }: Question): string => {
  const seconds = etaSeconds(Math.ceil(keys / Math.max(1, accounts)), ratePerSecond);
  return `about ${span(seconds * 1_000)} at ${ratePerSecond} keys a second and account, once KMS in both Regions answers`;
};

/** How long a person has to answer. */
export const APPROVAL_MS = 4 * 3_600_000;
