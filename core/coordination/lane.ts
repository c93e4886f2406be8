import type { Region } from '../region.ts';

/**
 * The shared UpdatePrimaryRegion budget of one account. KMS counts a call once in each of the two Regions
 * (https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html), so a slot is taken in both at once.
 */
export interface Lane {
  /** Per Region: the moment from which no slot is taken yet. */
  readonly nextFreeAt: Readonly<Record<string, number>>;
  /** After a throttle: the rate that the lane fell to, and when. It recovers from there. */
  readonly slowed?: { readonly ratePerSecond: number; readonly at: number };
}

/** Consecutive slots of one batch: `count` calls from `firstSlotAt`, `spacingMs` apart, at absolute times. */
export interface Window {
  readonly id: string;
  readonly firstSlotAt: number;
  readonly spacingMs: number;
  readonly count: number;
}

/** The slowest that throttling can make a lane. */
export const RATE_PER_SECOND_MIN = 0.5;
/** No window is longer, so that promote ends within its timeout whatever the rate. */
export const WINDOW_MS_MAX = 30_000;
/** Time between a reservation and its first slot: a transition, the Wait's lateness, and a function's start. */
export const LEAD_MS = 3_000;
/** Two throttles closer than this are one event: the calls were on the wire together. */
const SLOWING_MS_MIN = 2_000;
/** A lane that was slowed keeps its rate for this long… */
const CALM_MS = 10_000;
/** …and then wins back this share of the configured rate per second. */
const RECOVERY_PER_SECOND = 0.02;

/** The rate that the lane allows at `now`, in calls per second. */
export const laneRate = (lane: Lane | undefined, configuredRatePerSecond: number, now: number): number => {
  if (lane?.slowed === undefined) return configuredRatePerSecond;
  const calmSeconds = Math.max(0, now - lane.slowed.at - CALM_MS) / 1000;
  return Math.min(configuredRatePerSecond, lane.slowed.ratePerSecond + calmSeconds * RECOVERY_PER_SECOND * configuredRatePerSecond);
};

export interface Reservation {
  readonly id: string;
  /** Every Region that the calls touch: the sources and the target. */
  readonly regions: readonly Region[];
  /** How many calls are wanted; the window may be shorter. */
  readonly count: number;
  readonly ratePerSecond: number;
  readonly now: number;
}

/** Takes the next free slots in all the Regions at once. At least one slot, at most what fits in `WINDOW_MS_MAX`. */
export const reserve = (lane: Lane | undefined, ask: Reservation): { readonly lane: Lane; readonly window: Window } => {
  const spacingMs = 1000 / laneRate(lane, ask.ratePerSecond, ask.now);
  const count = Math.max(1, Math.min(ask.count, Math.floor(WINDOW_MS_MAX / spacingMs)));
  const free = ask.regions.map((region) => lane?.nextFreeAt[region] ?? 0);
  const firstSlotAt = Math.max(ask.now + LEAD_MS, ...free);
  const nextFreeAt = { ...lane?.nextFreeAt };
  for (const region of ask.regions) nextFreeAt[region] = firstSlotAt + count * spacingMs;
  return { lane: { ...lane, nextFreeAt }, window: { id: ask.id, firstSlotAt, spacingMs, count } };
};

/** The lane after KMS refused a call for its rate: half as fast, in every Region, since KMS does not say which one was over. */
export const slowDown = (lane: Lane | undefined, configuredRatePerSecond: number, now: number): Lane | undefined => {
  if (lane?.slowed !== undefined && now - lane.slowed.at < SLOWING_MS_MIN) return undefined;
  const ratePerSecond = Math.max(RATE_PER_SECOND_MIN, laneRate(lane, configuredRatePerSecond, now) / 2);
  return { nextFreeAt: {}, ...lane, slowed: { ratePerSecond, at: now } };
};
