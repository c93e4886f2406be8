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
  /** The highest priority of the fleets that used the lane a moment ago: until then, those of a lower one leave it alone. */
  readonly claim?: { readonly priority: number; readonly until: number };
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
export const LEAD_MS = 2_400;
/** The same for a batch that many wait for. Its function has most likely been started before; should it start cold, spare slots make up for those it misses. */
export const HURRIED_LEAD_MS = 800;
/** Two throttles closer than this are one event: the calls were on the wire together. */
const SLOWING_MS_MIN = 2_000;
/**
 * What a throttle leaves of the rate at which it came. The calls pause after a throttle as well, which gives way to a rush of others;
 * this is for those who stay.
 */
const SLOWING = 0.96;
/** The same when the last slowing was so short a time ago that it was not enough. */
const SLOWING_AGAIN = 0.92;
const SOON_MS = 6_000;
/** A lane that was slowed keeps its rate for this long, and then wins back this share of the configured rate per second… */
const CALM_MS = 3_000;
const CREEP_PER_SECOND = 0.0012;
/** …and more once nothing was refused for this long: then whoever used the quota has gone, most likely. */
const ALONE_MS = 75_000;
const CLIMB_PER_SECOND = 0.0125;

/** The rate that the lane allows at `now`, in calls per second. */
export const laneRate = (lane: Lane | undefined, configuredRatePerSecond: number, now: number): number => {
  if (lane?.slowed === undefined) return configuredRatePerSecond;
  const quietMs = Math.max(0, now - lane.slowed.at - CALM_MS);
  const creptSeconds = Math.min(quietMs, ALONE_MS) / 1000;
  const climbedSeconds = Math.max(0, quietMs - ALONE_MS) / 1000;
  const recovered = creptSeconds * CREEP_PER_SECOND + climbedSeconds * CLIMB_PER_SECOND;
  return Math.min(configuredRatePerSecond, lane.slowed.ratePerSecond + recovered * configuredRatePerSecond);
};

interface Reservation {
  readonly id: string;
  /** Every Region that the calls touch: the sources and the target. */
  readonly regions: readonly Region[];
  /** How many calls are wanted; the window may be shorter. */
  readonly count: number;
  readonly ratePerSecond: number;
  readonly now: number;
  /** No slot before this moment: 0 when the calls wait for nothing. */
  readonly notBefore: number;
  /** Whether the calls shall begin as soon as a function that has started before can send them. */
  readonly isHurried: boolean;
  /** Of the fleet: the higher goes first. */
  readonly priority: number;
}

/** Takes the next free slots in all the Regions at once. At least one slot, at most what fits in `WINDOW_MS_MAX`. */
export const reserve = (lane: Lane | undefined, ask: Reservation): { readonly lane: Lane; readonly window: Window } => {
  const free = ask.regions.map((region) => lane?.nextFreeAt[region] ?? 0);
  const leadMs = ask.isHurried ? HURRIED_LEAD_MS : LEAD_MS;
  const firstSlotAt = Math.max(ask.now + leadMs, ask.notBefore, ...free);
  // The rate that the lane will have recovered to by then; promote goes more slowly if it turns out otherwise.
  const spacingMs = 1000 / laneRate(lane, ask.ratePerSecond, firstSlotAt);
  const spare = Math.ceil((LEAD_MS - leadMs) / spacingMs);
  const count = Math.max(1, Math.min(ask.count + spare, Math.floor(WINDOW_MS_MAX / spacingMs)));
  const nextFreeAt = { ...lane?.nextFreeAt };
  const endsAt = firstSlotAt + count * spacingMs;
  for (const region of ask.regions) nextFreeAt[region] = endsAt;
  const claim = claimAfter(lane, ask.priority, endsAt, ask.now);
  return { lane: { ...lane, nextFreeAt, claim }, window: { id: ask.id, firstSlotAt, spacingMs, count } };
};

/** A fleet that has used the lane is taken to go on with it for so long after its last slot. */
const CLAIM_MS = 30_000;
/** How often a fleet of a lower priority looks whether its turn has come. */
const YIELD_MS = 10_000;

const claimAfter = (lane: Lane | undefined, priority: number, endsAt: number, now: number): NonNullable<Lane['claim']> => {
  const before = lane?.claim;
  return before !== undefined && before.until > now && before.priority > priority ? before : { priority, until: endsAt + CLAIM_MS };
};

/** A lane is booked no further ahead than this when a batch begins: what was read of its keys shall not be old when they are called for. */
const AHEAD_MS = 30_000;
/** The same where it was slowed, since what it will allow later nobody knows yet. */
const AHEAD_WHEN_SLOWED_MS = 8_000;
/** Less than this is not worth a wait of its own. */
const PAUSE_MS_MIN = 4_000;

/** Who comes to a lane, and for what. */
type Arrival = Pick<Reservation, 'regions' | 'ratePerSecond' | 'priority' | 'now'>;

/** How long a batch leaves a lane alone that others have booked ahead, or that a fleet of a higher priority uses. */
export const pauseBefore = (lane: Lane | undefined, { regions, ratePerSecond, priority, now }: Arrival): number => {
  if (lane?.claim !== undefined && lane.claim.until > now && lane.claim.priority > priority) return YIELD_MS;
  const bookedMs = Math.max(0, ...regions.map((region) => (lane?.nextFreeAt[region] ?? 0) - now));
  const isSlowed = laneRate(lane, ratePerSecond, now) < ratePerSecond;
  const pauseMs = bookedMs - (isSlowed ? AHEAD_WHEN_SLOWED_MS : AHEAD_MS);
  return pauseMs < PAUSE_MS_MIN ? 0 : pauseMs;
};

/** Whether somebody holds slots after this window: then its batch need not hurry, since the run does not end with it. Pure. */
export const isFollowed = (lane: Lane | undefined, window: Window, region: Region): boolean =>
  (lane?.nextFreeAt[region] ?? 0) > window.firstSlotAt + window.count * window.spacingMs + 1;

/**
 * The lane after KMS refused a call for its rate: slower in every Region, since KMS does not say which one was over.
 * @param triedPerSecond the rate at which the calls went out
 * @returns undefined when it was slowed a moment ago
 */
export const slowDown = (lane: Lane | undefined, triedPerSecond: number, now: number): Lane | undefined => {
  const before = lane?.slowed;
  if (before !== undefined && now - before.at < SLOWING_MS_MIN) return undefined;
  const isSoon = before !== undefined && now - before.at < SOON_MS;
  const ratePerSecond = Math.max(RATE_PER_SECOND_MIN, triedPerSecond * (isSoon ? SLOWING_AGAIN : SLOWING));
  return { nextFreeAt: {}, ...lane, slowed: { ratePerSecond, at: now } };
};
