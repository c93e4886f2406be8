/** UpdatePrimaryRegion calls a second, per account and Region, until it is raised: https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
export const DEFAULT_QUOTA_PER_SECOND = 5;
/** What a fleet takes of a quota: the rest is for whoever else changes keys, and for calls that arrive closer together than they were sent. */
export const SHARE_OF_QUOTA = 0.8;
/** A quota that AWS grants to who asks, for the advice to ask. */
const RAISED_QUOTA_PER_SECOND = 25;
/** A run takes about so long beyond its keys' slots: start, canary, settling, the sweep. */
const BESIDE_THE_SLOTS_SECONDS = 45;
/** A fleet that is through in this time needs no higher quota. */
const LONG_SECONDS = 120;

/** About how long a fleet's move takes, in seconds: every account has a lane of its own, so the one with the most keys counts. */
export const etaSeconds = (keysOfBusiestAccount: number, ratePerSecond: number): number =>
  keysOfBusiestAccount / ratePerSecond + BESIDE_THE_SLOTS_SECONDS;

/** What a higher quota would bring. */
interface RaisedQuota {
  readonly quotaPerSecond: number;
  readonly ratePerSecond: number;
  readonly seconds: number;
}

/** The advice to raise the quota, where it would save the fleet minutes; undefined where it would not. Pure. */
export const raisedQuota = (keysOfBusiestAccount: number, ratePerSecond: number): RaisedQuota | undefined => {
  const raised = RAISED_QUOTA_PER_SECOND * SHARE_OF_QUOTA;
  if (ratePerSecond >= raised || etaSeconds(keysOfBusiestAccount, ratePerSecond) < LONG_SECONDS) return undefined;
  return { quotaPerSecond: RAISED_QUOTA_PER_SECOND, ratePerSecond: raised, seconds: etaSeconds(keysOfBusiestAccount, raised) };
};
