/** One line of the benchmark: one contender in one scenario with so many keys. Times in simulated seconds since the event, or since the script was started. */
export interface Row {
  readonly scenario: ScenarioName;
  readonly contender: string;
  readonly keys: number;
  readonly accounts: number;
  readonly seed: string;
  /** The shape of the simulated KMS's quota under this seed, and whether a call that it refuses spends it all the same. */
  readonly limiter: string;
  /** Keys that the contender reports as moved. The figures of time and ratio for all keys are null when some are missing. */
  readonly moved: number;
  /** To the first key that the contender reports as moved; null when it reports none. */
  readonly secondsToFirst: number | null;
  /** The same less the time that KMS took to settle that key. */
  readonly firstOverheadSeconds: number | null;
  /** To the last one of all. */
  readonly secondsTotal: number | null;
  /** The busiest account's keys at the rate that the contender is configured for; the quota where it has no such rate. */
  readonly floorSeconds: number;
  /** secondsTotal less the floor, less the time that KMS took to settle that last key. */
  readonly overheadSeconds: number | null;
  readonly ratioConfigured: number | null;
  /** secondsTotal over the least time that the quota allows, or what a second tenant leaves of it. */
  readonly ratioQuota: number | null;
  /** The longest time between two calls of an account in its main stage; null for contenders without one. */
  readonly laneIdleSeconds: number | null;
  /** UpdatePrimaryRegion calls of the contender that KMS refused for their rate. */
  readonly throttles: number;
  /** The share of the second tenant's calls that were refused; null without one. */
  readonly tenantThrottleRate: number | null;
  readonly describesPerKeyRegion: number;
  /** KMS calls of every kind. */
  readonly callsPerKey: number;
  readonly transitionsPer1000: number;
  readonly gbSecondsPer1000: number;
  readonly tableWritesPer1000: number;
  readonly usdPer1000: number;
  readonly usdPer1000WithoutKms: number;
  /** Keys whose reported outcome differs from the simulator's truth when everything has settled. */
  readonly wrong: number;
  /** Real seconds and megabytes that the process of this row took. */
  readonly wallSeconds: number;
  readonly peakMb: number;
}

/** What goes on around the move. */
export const SCENARIOS = {
  alone: 'nobody else changes keys',
  failing: '2 % of all KMS calls are answered with an internal error and do nothing',
  'tenant-poisson': 'somebody else in the account takes 2 of the 5 calls a second, at random moments',
  'tenant-even': 'somebody else in the account takes 2 of the 5 calls a second, one every half second',
} as const;
export type ScenarioName = keyof typeof SCENARIOS;

/** What a row is to be about. */
export interface RowAsk {
  readonly scenario: ScenarioName;
  readonly contender: string;
  readonly keys: number;
  readonly accounts: number;
  readonly seed: string;
}
