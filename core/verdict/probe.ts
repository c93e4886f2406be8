import type { KmsFailure } from '../key/failure.ts';
import type { KeyView } from '../key/key.ts';

/**
 * What became of one probe: `answered` KMS said something about the key, whatever it was; `failed` no answer in time, or an error
 * inside KMS. The others tell nothing of KMS: `denied` a policy, `throttled` the account’s own rate, `own-error` our credentials
 * or our request.
 */
type ProbeResult = 'answered' | 'failed' | 'denied' | 'throttled' | 'own-error';

/** One call that was made to learn how KMS is doing in one Region. */
export interface Probe {
  /** When it was sent, in epoch milliseconds. */
  readonly at: number;
  readonly result: ProbeResult;
  /** How long the answer took, or how long it was waited for. */
  readonly latencyMs: number;
  /** A promotion to the Region that is primary already, which changes nothing; absent for reads. */
  readonly write?: true;
}

/** What the answer to a probe tells of KMS. A key that is disabled, or that nobody knows, is an answer like any other. */
export const probeResult = (reply: KeyView | KmsFailure | { readonly kind: 'accepted' }): ProbeResult => {
  if (reply.kind !== 'failure') return 'answered';
  switch (reply.code) {
    case 'unreachable':
    case 'internal':
      return 'failed';
    case 'throttled':
    case 'denied':
      return reply.code;
    case 'our-credentials':
    case 'refused':
      return 'own-error';
    default:
      return 'answered';
  }
};
