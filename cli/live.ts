import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';
import type { Snapshot } from '../simulator/story/progress.ts';
import type { Story } from '../simulator/story/story.ts';
import { spoken } from './words.ts';

const REDRAW_MS = 100;
const BAR_WIDTH = 50;
/** The plan and the canary take about so long before the fleet begins to move. */
const HEAD_SECONDS = 35;
/** A key settles in seconds, and is looked at after ten: what comes after the last call. */
const TAIL_SECONDS = 25;

type Stand = keyof Snapshot['keysBy'];

const BANDS: ReadonlyArray<{
  readonly of: readonly Stand[];
  readonly mark: string;
  readonly colour: Parameters<typeof styleText>[0];
  readonly word: string;
}> = [
  { of: ['promoted', 'already-primary'], mark: '█', colour: 'green', word: 'in place' },
  { of: ['moved'], mark: '▓', colour: 'cyan', word: 'to be proven' },
  { of: ['sent'], mark: '▒', colour: 'blue', word: 'settling' },
  { of: ['parked', 'blocked'], mark: '█', colour: 'red', word: 'blocked' },
  { of: ['unproven', 'ineligible', 'halted', 'failed'], mark: '█', colour: 'yellow', word: 'not moved' },
];

/** One picture of a story on its way. */
export const picture = (snapshot: Snapshot, story: Story): string => {
  const fleet = story.fleets.get(story.fleetName);
  const counts = BANDS.map(({ of }) => of.reduce((sum, stand) => sum + (snapshot.keysBy[stand] ?? 0), 0));
  const bar = BANDS.map(({ mark, colour }, index) =>
    styleText(colour, mark.repeat(Math.floor(((counts[index] ?? 0) / story.keys) * BAR_WIDTH))),
  ).join('');
  const open = story.keys - counts.reduce((a, b) => a + b, 0);
  const width = counts.reduce((sum, keys) => sum + Math.floor((keys / story.keys) * BAR_WIDTH), 0);
  const planned = 1 / (fleet?.accounts.length ?? 1) / (fleet?.ratePerSecond ?? 1);
  const observed = (snapshot.seconds - HEAD_SECONDS) / Math.max(1, story.keys - open);
  const secondsLeft = open * Math.max(planned, observed) + TAIL_SECONDS;
  const legend = BANDS.flatMap(({ word, colour }, index) =>
    (counts[index] ?? 0) > 0 ? [styleText(colour, `${counts[index]} ${word}`)] : [],
  );
  return [
    `  ${story.operation} of fleet ${story.fleetName}: ${story.keys.toLocaleString('en-US')} keys, ${story.source} → ${story.target}   ${styleText('dim', '(simulated)')}`,
    `  ${bar}${styleText('dim', '·'.repeat(BAR_WIDTH - width))}  ${spoken(snapshot.seconds)}`,
    `  ${[...legend, `${open} to go`].join(' · ')} · throttled ${snapshot.throttled}${open > 0 ? ` · about ${spoken(secondsLeft)} left` : ''}`,
  ].join('\n');
};

/** Redraws the picture in the terminal until the story has ended. */
export const showWhile = async <T>(story: Story, snapshot: () => Snapshot, end: Promise<T>): Promise<T> => {
  const draw = createLogUpdate(process.stderr);
  const timer = setInterval(() => draw(picture(snapshot(), story)), REDRAW_MS);
  try {
    return await end;
  } finally {
    clearInterval(timer);
    draw(picture(snapshot(), story));
    draw.done();
  }
};
