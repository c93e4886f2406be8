import type { StoryFigures } from '../../../simulator/story/figures.ts';
import type { StandingLine } from './standing.ts';

/** Times in seconds since the start, each series in its order: so many keys, so many times. */
export interface Progress {
  readonly called: readonly number[];
  readonly proven: readonly number[];
  /** When keys could have been called for at the earliest, at the configured rate; empty where no rate is on record. */
  readonly floor: readonly number[];
}

/** The chart's columns: at each of the times, how many keys of each series there were. */
export interface Chart {
  readonly seconds: readonly number[];
  readonly called: readonly number[];
  readonly proven: readonly number[];
  readonly floor: readonly number[];
}

/** When a share of the keys had come so far, in seconds since the start. */
export interface Milestone {
  readonly share: string;
  readonly called: number | undefined;
  readonly proven: number | undefined;
  readonly floor: number | undefined;
}

/** How the keys went. In a story with people and waiting in it, the least time begins at the first call. */
export const progressOf = (lines: readonly StandingLine[], startedAt: number, story: StoryFigures | undefined): Progress => {
  const timesOf = (at: (line: StandingLine['line']) => number | undefined): readonly number[] =>
    lines
      .flatMap(({ line }) => at(line) ?? [])
      .map((ms) => (ms - startedAt) / 1000)
      .toSorted((a, b) => a - b);
  const called = timesOf(({ sentAt }) => sentAt);
  const floorFrom = story === undefined || story.chapters.length === 0 ? 0 : (called[0] ?? 0);
  return { called, proven: timesOf(({ verifiedAt }) => verifiedAt), floor: floorOf(lines, floorFrom, rateOf(story)) };
};

/**
 * The configured rate in calls a second and account, which a story has in its floor. A drill's floor holds two ways and a hold; and no
 * installation puts its rate on record with the evidence.
 */
const rateOf = (story: StoryFigures | undefined): number | undefined => {
  if (story === undefined || story.operation === 'drill' || story.floorSeconds <= 0 || story.accounts === 0) return undefined;
  return Math.ceil(story.keys / story.accounts) / story.floorSeconds;
};

/** Each account has a lane of its own, and calls for one key after the other. */
const floorOf = (lines: readonly StandingLine[], from: number, ratePerSecond: number | undefined): readonly number[] => {
  if (ratePerSecond === undefined) return [];
  const keysOf = new Map<string, number>();
  const times = lines.map(({ line }) => {
    const place = (keysOf.get(line.account) ?? 0) + 1;
    keysOf.set(line.account, place);
    return from + place / ratePerSecond;
  });
  return times.toSorted((a, b) => a - b);
};

const POINTS = 300;

/** The series at so many times that lines between them look smooth, and no more. */
export const chartOf = ({ called, proven, floor }: Progress): Chart => {
  const end = Math.max(called.at(-1) ?? 0, proven.at(-1) ?? 0, floor.at(-1) ?? 0);
  const seconds = Array.from({ length: POINTS + 1 }, (_, index) => (end * index) / POINTS);
  return { seconds, called: countsAt(called, seconds), proven: countsAt(proven, seconds), floor: countsAt(floor, seconds) };
};

/** How many of the times are over at each moment; both in their order. */
const countsAt = (times: readonly number[], moments: readonly number[]): readonly number[] => {
  let over = 0;
  return moments.map((moment) => {
    while (over < times.length && (times[over] ?? 0) <= moment) over += 1;
    return over;
  });
};

const SHARES = [
  { share: 'the first', of: 0 },
  { share: 'a quarter', of: 0.25 },
  { share: 'half', of: 0.5 },
  { share: 'three quarters', of: 0.75 },
  { share: 'the last', of: 1 },
] as const;

/** The chart in figures, for whoever does not see it. */
export const milestonesOf = ({ called, proven, floor }: Progress): readonly Milestone[] =>
  SHARES.map(({ share, of }) => {
    const at = (times: readonly number[]): number | undefined => times[Math.max(0, Math.ceil(of * times.length) - 1)];
    return { share, called: at(called), proven: at(proven), floor: at(floor) };
  });
