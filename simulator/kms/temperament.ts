import type { Seeded } from '../random/seeded.ts';

/**
 * How this world's KMS answers where AWS says nothing that could be confirmed. Drawn once per seed, so that a run over
 * many seeds meets every possible KMS.
 */
export interface Temperament {
  /** The shape of each quota of `rate` calls a second: a bucket of one second's calls, one of two fifths of that, or any second's calls counted. */
  readonly limiter: 'wide-bucket' | 'narrow-bucket' | 'sliding-second';
  /** Whether a call that was refused for its rate spends the quota all the same. */
  readonly refusedCallsCount: boolean;
  /** How many UpdatePrimaryRegion calls within a minute one key bears. */
  readonly hotKeyCallsMax: number;
  /** How many EnableKey and DisableKey calls within a minute one related key bears. */
  readonly hotSwitchCallsMax: number;
  /** Whether UpdatePrimaryRegion is accepted while the key is `Updating`. */
  readonly promotesWhileUpdating: boolean;
  /** Which error tells that the key itself (not a replica) is pending deletion. */
  readonly pendingDeletionError: 'DisabledException' | 'KMSInvalidStateException';
  /** The answer to UpdatePrimaryRegion on a single-Region key. */
  readonly singleRegionError: 'UnsupportedOperationException' | 'KMSInvalidStateException';
  /** The answer to UpdatePrimaryRegion with the ARN of another Region. */
  readonly foreignArnError: 'NotFoundException' | 'InvalidArnException';
  /** What becomes of a call whose other Region does not answer KMS itself. */
  readonly darkOtherRegion: 'KMSInternalException' | 'silence';
  /** How long a rotation on demand takes; the only one that was ever timed took 8 minutes. */
  readonly onDemandRotationMs: number;
  /** Whether UpdatePrimaryRegion is accepted while a rotation on demand is under way. */
  readonly promotesWhileRotating: boolean;
}

/** @param kind true for a world without surprises of rate: wide buckets, and refused calls are free */
export const drawTemperament = (random: Seeded, kind: boolean): Temperament => {
  const limiter = random.pick(['wide-bucket', 'narrow-bucket', 'sliding-second'] as const);
  const refusedCallsCount = random.chance(0.5);
  return {
    limiter: kind ? 'wide-bucket' : limiter,
    refusedCallsCount: kind ? false : refusedCallsCount,
    hotKeyCallsMax: random.pick([2, 3, 4]),
    promotesWhileUpdating: random.chance(0.5),
    pendingDeletionError: random.pick(['DisabledException', 'KMSInvalidStateException'] as const),
    singleRegionError: random.pick(['UnsupportedOperationException', 'KMSInvalidStateException'] as const),
    foreignArnError: random.pick(['NotFoundException', 'InvalidArnException'] as const),
    darkOtherRegion: random.pick(['KMSInternalException', 'silence'] as const),
    onDemandRotationMs: Math.round(random.between(60_000, 600_000) / (kind ? 60 : 1)),
    promotesWhileRotating: random.chance(0.5),
    hotSwitchCallsMax: random.pick([5, 10, 20]),
  };
};
