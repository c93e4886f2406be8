import type { Result } from './run-case.ts';

/** One line for the terminal, with further lines where there is more to tell. */
export const resultLines = ({ outcome, row: { mark, topic, title }, told }: Result): string =>
  [`${outcome.padEnd(12)} ${topic.padEnd(10)} [${mark}] ${title}`, ...told.map((sentence) => `${' '.repeat(13)}${sentence}`)].join('\n');

const OUTCOMES: readonly Result['outcome'][] = ['passed', 'failed', 'inconclusive', 'skipped'];

/** The whole run in one sentence. */
export const summaryLine = (results: readonly Result[]): string => {
  const counts = OUTCOMES.map((outcome) => `${results.filter((result) => result.outcome === outcome).length} ${outcome}`);
  return `${results.length} cases: ${counts.join(', ')}.`;
};
