// Writes the tables of the README that come from runs, between the comments that mark them: plays each story and notes how it ended.
// With --check it writes nothing and fails when a table says something else than the runs do. Takes a minute or two.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { spoken } from '../cli/words.ts';
import { FAULT_CATALOG } from '../simulator/faults/catalog.ts';
import type { StoryFigures } from '../simulator/story/figures.ts';
import { markdownTable } from './markdown-table.ts';
import { withPart } from './readme-part.ts';

const STORIES = ['--keys 200', '--keys 1000', '--keys 10000', '--keys 10000 --accounts 10', '--keys 1000 --operation drill'];
const KEYS_WITH_FAULT = 200;
/** A value to show for the faults that need one. */
const VALUES: Readonly<Record<string, string>> = { 'source-down-at': '40%', 'source-down-for': '10m' };

const command = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const fleets = fileURLToPath(new URL('../fleets.yaml', import.meta.url));
const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const play = (options: string): StoryFigures => {
  const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-figures-'));
  try {
    const words = [command, 'simulate', '--fleets', fleets, '--json', ...options.split(' ')];
    return JSON.parse(spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const time = (seconds: number | null): string => (seconds === null ? '–' : spoken(seconds));
const count = (n: number): string => n.toLocaleString('en-US');

const figures = (): string[] =>
  markdownTable(
    ['command', 'first key verified', 'last key verified', 'least time possible', 'ratio', 'throttled', 'state transitions'],
    STORIES.map((options) => {
      const played = play(options);
      if (played.result !== 'moved') throw new Error(`Expected npm start -- ${options} to move every key; its result is ${played.result}.`);
      const { secondsToFirstVerified, secondsToLastVerified, floorSeconds, ratioConfigured, throttled, stateTransitions } = played;
      const ratio = ratioConfigured?.toFixed(2) ?? '–';
      const times = [secondsToFirstVerified, secondsToLastVerified, floorSeconds].map(time);
      return [`\`npm start -- ${options}\``, ...times, ratio, count(throttled), count(stateTransitions)];
    }),
  );

const faults = (): string[] =>
  markdownTable(
    ['fault', 'what it does', 'how it ends'],
    Object.entries(FAULT_CATALOG).map(([name, { sentence }]) => {
      const written = name in VALUES ? `${name}=${VALUES[name]}` : name;
      const { outcomes, reasons, runs, secondsToLastVerified } = play(`--keys ${KEYS_WITH_FAULT} --fault ${written}`);
      const keys = Object.entries(outcomes).flatMap(([outcome, some]) => (some > 0 ? [`${some} ${outcome}`] : []));
      const why = Object.keys(reasons).map((code) => ` (\`${code}\`)`);
      const when = secondsToLastVerified === null ? '' : `, last after ${spoken(secondsToLastVerified)}`;
      return [`\`${written}\``, sentence, `${keys.join(', ')}${why.join('')}${when}${runs.length > 1 ? `; ${runs.length} runs` : ''}`];
    }),
  );

const before = readFileSync(readme, 'utf8');
const wanted = withPart(withPart(before, 'figures', figures()), 'faults', faults());
if (!values.check) {
  writeFileSync(readme, wanted);
} else if (before !== wanted) {
  console.error('A table of the README is not what its runs come to; run `node scripts/write-figures.ts` and commit the result.');
  process.exitCode = 1;
}
