import { styleText } from 'node:util';
import { raisedQuota } from '../core/quota/eta.ts';
import type { StoryFigures } from '../simulator/story/figures.ts';
import { REPORT_FILE } from './evidence-folder.ts';
import { outcomeRows } from './outcome-rows.ts';
import { DECISIONS_FILE } from './why/sources.ts';
import { meaning, RESULT_WORDS, spoken } from './words.ts';

type Colour = Parameters<typeof styleText>[0];

const COLOUR: Readonly<Record<StoryFigures['result'], Colour>> = {
  moved: 'green',
  'nothing-to-do': 'green',
  blocked: 'red',
  partly: 'yellow',
};

const number = (n: number): string => n.toLocaleString('en-US');
const row = (name: string, value: string): string => `  ${name.padEnd(26)}${value}`;

/** The end of a story, for a terminal; `folder` is where it was left. */
export const summary = (figures: StoryFigures, folder: string): string => {
  const lines = [
    '',
    `${styleText(['bold', ...[COLOUR[figures.result]].flat()], ` ${RESULT_WORDS[figures.result]} `)} ${figures.operation} of fleet ${figures.fleet}, ${figures.source} → ${figures.target}   (simulated, seed ${figures.seed})`,
    '',
    ...chapterRows(figures),
    ...meaning(figures).map((sentence) => `  ${sentence}`),
    ...noteRows(figures),
    '',
    ...outcomeLines(figures),
    '',
    ...timeRows(figures),
    row('throttled calls', `${number(figures.throttled)}   (limiter of this seed: ${figures.limiter})`),
    row('state transitions', number(figures.stateTransitions)),
    ...runRows(figures),
    ...cryptoRows(figures),
    ...faultRows(figures),
    '',
    `  ${styleText('bold', 'KMS calls')}  ${Object.entries(figures.calls)
      .map(([operation, calls]) => `${operation} ${number(calls)}`)
      .join(' · ')}`,
    '',
    ...whereRows(figures, folder).map((sentence) => `  ${sentence}`),
    '',
  ];
  return lines.join('\n');
};

/** Where everything else stands. A story of which no run came to a report has no evidence. */
const whereRows = ({ runs }: StoryFigures, folder: string): string[] => [
  `The report, for a browser: ${folder}/${REPORT_FILE}`,
  runs.some(isReported)
    ? `Evidence, one line a key: ${folder}/evidence/`
    : `No run left evidence. What was decided, one line each: ${folder}/${DECISIONS_FILE}`,
];

const isReported = ({ result }: StoryFigures['runs'][number]): boolean => result !== 'no-report' && result !== 'refused';

const NOTES_MAX = 5;

/** The first notes of the last run; the evidence has all of them. */
const noteRows = ({ notes }: StoryFigures): string[] => [
  ...notes.slice(0, NOTES_MAX).map((note) => `  ${styleText('dim', 'note')}  ${wrapped(note, 8)}`),
  ...(notes.length > NOTES_MAX ? [`        … and ${number(notes.length - NOTES_MAX)} more in the evidence`] : []),
];

/** How long it took. A story with people and waiting in it has no least time to be compared with. */
const timeRows = (figures: StoryFigures): string[] => {
  if (figures.secondsToFirstVerified === null || figures.secondsToLastVerified === null) return [];
  const verified = [
    row('first key verified after', spoken(figures.secondsToFirstVerified)),
    row('last key verified after', spoken(figures.secondsToLastVerified)),
  ];
  if (figures.chapters.length > 0 || figures.ratioConfigured === null) return verified;
  return [
    ...verified,
    row('least time possible', `${spoken(figures.floorSeconds)} at the configured rate`),
    row('ratio to that', `${figures.ratioConfigured.toFixed(2)}   (${figures.ratioQuota?.toFixed(2)} to KMS’s default quota)`),
    ...quotaRows(figures),
  ];
};

/** What a higher quota would bring, where it would save minutes. */
const quotaRows = ({ keys, accounts, floorSeconds, operation }: StoryFigures): string[] => {
  if (operation === 'drill') return [];
  const busiest = Math.ceil(keys / accounts);
  const raised = raisedQuota(busiest, busiest / floorSeconds);
  if (raised === undefined) return [];
  const advice = `about ${spoken(raised.seconds)} with ${raised.quotaPerSecond} calls a second: ask Service Quotas for them in every Region of the fleet, then set ratePerSecond to ${raised.ratePerSecond}`;
  return [row('with a raised quota', wrapped(advice, 28))];
};

const runRows = ({ runs }: StoryFigures): string[] =>
  runs.length === 0 ? [] : [row('runs', runs.map(runInWords).join(`\n${' '.repeat(28)}`))];

const runInWords = ({ runId, status, result, objections }: StoryFigures['runs'][number]): string =>
  result === 'refused' ? `${runId} refused by ${objections.map(guardOf).join(' and ')}` : `${runId} ${status}, ${result}`;

/** An objection begins with its guard. */
const guardOf = (objection: string): string => objection.split(':', 1)[0] ?? '';

/** What happened, each chapter with its time in front. */
const chapterRows = ({ chapters }: StoryFigures): string[] =>
  chapters.length === 0
    ? []
    : [...chapters.map(({ seconds, text }) => `  ${styleText('dim', spoken(seconds).padStart(13))}  ${wrapped(text, 17)}`), ''];

const LINE_CHARACTERS_MAX = 118;

/** The text in lines of a readable length, each but the first behind a margin. */
const wrapped = (text: string, margin: number): string => {
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && margin + line.length + word.length >= LINE_CHARACTERS_MAX) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(margin)}`);
};

const cryptoRows = ({ crypto }: StoryFigures): string[] =>
  crypto === null ? [] : [row('calls on moving keys', `${number(crypto.calls)}, of which ${number(crypto.failed)} failed`)];

const outcomeLines = (figures: StoryFigures): string[] =>
  outcomeRows(figures).flatMap(({ keys, words, reasons }) => [
    `  ${number(keys).padStart(8)}  ${words}`,
    ...reasons.map((reason) => `  ${' '.repeat(10)}${number(reason.keys)} ${reason.code}: ${reason.meaning}`),
  ]);

const faultRows = (figures: StoryFigures): string[] =>
  Object.entries(figures.faultsStruck).map(([name, struck]) => row(`fault ${name}`, `struck ${number(struck)} times`));
