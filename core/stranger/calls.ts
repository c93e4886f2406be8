import type { KeyRecord } from '../batch/record.ts';
import type { KeyRef } from '../key/key.ts';
import type { Region } from '../region.ts';

/** What a run knows of the promotions that it sent. */
export interface SentCalls {
  /** KMS's IDs of the calls that were answered. */
  readonly requestIds: ReadonlySet<string>;
  /** Keys that were called for more often than there are IDs: replies were lost, or have not been written down yet. */
  readonly lost: readonly LostCall[];
}

/** Calls for a key of which one reply at least is not known: what they asked for, and when they can have been carried out. */
interface LostCall extends KeyRef {
  readonly target: Region;
  readonly since: number;
  readonly until: number;
}

/** What a client gave up on may be carried out so much later, and CloudTrail’s clock is not ours. */
const LATE_MS_MAX = 120_000;

export const NO_CALLS: SentCalls = { requestIds: new Set(), lost: [] };

/** The calls of the keys of one batch, added to those known before. @param since when their run began */
export const withCalls = (before: SentCalls, records: readonly KeyRecord[], target: Region, since: number): SentCalls => ({
  requestIds: new Set([...before.requestIds, ...records.flatMap(({ requestIds }) => requestIds)]),
  lost: [
    ...before.lost,
    ...records.flatMap(({ account, keyId, attempts, requestIds, sentAt }) =>
      sentAt !== undefined && attempts > requestIds.length ? [{ account, keyId, target, since, until: sentAt + LATE_MS_MAX }] : [],
    ),
  ],
});
