/**
 * Compares what the runs of a story say with what the simulated KMS knows: `node scripts/check-evidence.ts <folder>`.
 * Written to trust nobody: it imports nothing of the project, and reads only the files that a story leaves behind.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Line {
  readonly account: string;
  readonly keyId: string;
  readonly outcome: string;
  readonly reason?: string;
}
interface Truth {
  readonly keys: ReadonlyArray<{
    readonly account: string;
    readonly keyId: string;
    readonly promotionsAccepted: number;
    readonly regions: Readonly<Record<string, { readonly role: string; readonly state: string; readonly primaryRegion: string }>>;
  }>;
}
interface RunSummary {
  readonly runId: string;
  readonly operation: string;
  readonly target: string;
  readonly source: string;
  readonly endedAt: number;
  readonly keys: number;
  readonly outcomes: Readonly<Record<string, number>>;
}
interface StoryFile {
  readonly runs: ReadonlyArray<{ readonly runId: string; readonly result: string }>;
}

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Expected the folder that a story left behind: node scripts/check-evidence.ts runs/<story>');
  process.exit(2);
}

const leave = (sentence: string, code: number): never => {
  console.error(sentence);
  process.exit(code);
};

if (!existsSync(folder)) leave(`No run left evidence in ${folder}: there is no such folder. Play a story with npm start.`, 2);
for (const file of ['truth.json', 'story.json'])
  if (!existsSync(join(folder, file))) leave(`No run left evidence in ${folder}: expected a ${file} in it, as a story leaves it.`, 2);

const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(folder, path), 'utf8')) as T;
const idOf = (key: { account: string; keyId: string }): string => `${key.account}/${key.keyId}`;

const truth = readJson<Truth>('truth.json');
const truths = new Map(truth.keys.map((key) => [idOf(key), key]));
/** What the runs say is left in a folder each; a story without a run, or whose runs were all refused, has none. */
const runFolders = existsSync(join(folder, 'evidence')) ? readdirSync(join(folder, 'evidence')) : [];
const runs = runFolders.map((runId) => readJson<RunSummary>(`evidence/${runId}/summary.json`)).sort((a, b) => a.endedAt - b.endedAt);
const last = runs.at(-1);
const differences: string[] = [];

for (const { runId, result } of readJson<StoryFile>('story.json').runs)
  if (!['refused', 'no-report'].includes(result) && !runFolders.includes(runId))
    differences.push(`${runId}: the story says that it ended as ${result}, and it left no evidence.`);
const promoted = truth.keys.filter(({ promotionsAccepted }) => promotionsAccepted > 0).length;
if (runs.length === 0 && promoted > 0) differences.push(`No run left evidence, and ${promoted} key(s) were promoted.`);

/** Where a key's primary is in truth: the one Region that has the role. */
const primaryOf = (id: string): string | undefined => {
  const primaries = Object.entries(truths.get(id)?.regions ?? {}).filter(([, view]) => view.role === 'PRIMARY');
  if (primaries.length !== 1) differences.push(`${id}: expected one primary in truth, found ${primaries.length}.`);
  return primaries[0]?.[0];
};

const linesOf = (run: RunSummary): Line[] =>
  readFileSync(join(folder, `evidence/${run.runId}/keys.jsonl`), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => JSON.parse(text) as Line);

for (const run of runs) {
  const seen = new Map<string, number>();
  const counts: Record<string, number> = {};
  for (const line of linesOf(run)) {
    seen.set(idOf(line), (seen.get(idOf(line)) ?? 0) + 1);
    counts[line.outcome] = (counts[line.outcome] ?? 0) + 1;
    if (!truths.has(idOf(line))) differences.push(`${run.runId}: ${idOf(line)} is in the evidence and in no Region.`);
  }
  for (const id of truths.keys())
    if (seen.get(id) !== 1) differences.push(`${run.runId}: ${id} is accounted for ${seen.get(id) ?? 0} times, expected once.`);
  for (const [outcome, count] of Object.entries(run.outcomes))
    if ((counts[outcome] ?? 0) !== count)
      differences.push(`${run.runId}: the summary says ${count} ${outcome}, the lines say ${counts[outcome] ?? 0}.`);
}

// Only the last run's words can be held against the truth as it is at the end.
for (const line of last === undefined ? [] : linesOf(last)) {
  const id = idOf(line);
  const primary = primaryOf(id);
  const home = last?.operation === 'drill' ? last.source : last?.target;
  const inPlace = primary === home;
  const saysInPlace = ['promoted', 'unproven', 'already-primary'].includes(line.outcome) && line.reason !== 'SAFE_ELSEWHERE';
  if (saysInPlace && !inPlace)
    differences.push(`${id}: the evidence says ${line.outcome}, but the primary is in ${primary}, not in ${home}.`);
  if (['ineligible', 'blocked', 'halted'].includes(line.outcome) && last?.operation !== 'drill' && inPlace)
    differences.push(`${id}: the evidence says ${line.outcome} (${line.reason}), but the primary is in ${primary}.`);
  const state = truths.get(id)?.regions[primary ?? '']?.state;
  if (line.outcome === 'promoted' && state !== 'Enabled')
    differences.push(`${id}: the evidence says promoted, but its state in ${primary} is ${state}.`);
}

const found = differences.length === 0 ? 'no difference between evidence and truth' : `${differences.length} difference(s)`;
console.log(
  runs.length === 0 && differences.length === 0
    ? `No run left evidence in ${folder}, and none of its ${truths.size} keys was promoted: there is nothing to compare.`
    : `${runs.length} run(s), ${truths.size} keys: ${found}.`,
);
for (const difference of differences.slice(0, 20)) console.log(`- ${difference}`);
process.exitCode = differences.length === 0 ? 0 : 1;
