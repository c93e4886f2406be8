import { randomUUID } from 'node:crypto';
import { type Dirent, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PARTIAL } from '../simulator/store/folder-store.ts';
import { DECISIONS_FILE } from './why/sources.ts';
import { WrongUseError } from './wrong-use.ts';

/** What a story leaves in its folder, besides the evidence of its runs. */
export const STORY_FILE = 'story.json';
export const TRUTH_FILE = 'truth.json';
export const REPORT_FILE = 'report.html';
export const EVIDENCE = 'evidence';
const FILES: ReadonlySet<string> = new Set([DECISIONS_FILE, STORY_FILE, TRUTH_FILE, REPORT_FILE]);
/** Besides, what the store of the folder leaves when it dies while it writes. */
const isOfStory = (name: string): boolean => FILES.has(name) || name.startsWith(PARTIAL);
const FILES_OF_RUN: ReadonlySet<string> = new Set(['summary.json', 'keys.jsonl']);
/** As `core/run/name.ts` names the runs of a story. Only for what is removed or refused: on AWS, a run started by hand may have any name. */
const RUN = /^.+-[0-9a-f]{16}-\d+$/;

/**
 * Refuses a folder that a story could not be left in, or in which something lies that no story has left: it would be in danger there.
 * Leaves everything as it is.
 * @throws WrongUseError
 */
export const refuseUnfit = (folder: string): void => {
  const entries = entriesOf(folder);
  const [foreign] = foreignIn(folder, entries ?? []);
  if (foreign !== undefined)
    throw new WrongUseError([
      `--out: ${folder} holds ${foreign}, which no story has left there, so nothing is written or removed in it; expected a new folder, or that of a story played before.`,
    ]);
  tryOut(folder);
};

/** Removes the runs that an earlier story left, and nothing else. */
export const removeRuns = (folder: string): void => {
  for (const run of runsOf(folder)) rmSync(join(folder, EVIDENCE, run), { recursive: true });
};

const runsOf = (folder: string): readonly string[] =>
  (listed(join(folder, EVIDENCE)) ?? []).filter((entry) => entry.isDirectory() && RUN.test(entry.name)).map(({ name }) => name);

const foreignIn = (folder: string, entries: readonly Dirent[]): readonly string[] =>
  entries.flatMap((entry) => {
    if (entry.isFile() && isOfStory(entry.name)) return [];
    if (!entry.isDirectory() || entry.name !== EVIDENCE) return [entry.name];
    return (listed(join(folder, EVIDENCE)) ?? []).flatMap((run) => {
      const path = join(EVIDENCE, run.name);
      if (!run.isDirectory() || !RUN.test(run.name)) return [path];
      const files = listed(join(folder, path)) ?? [];
      return files.filter((file) => !file.isFile() || !FILES_OF_RUN.has(file.name)).map((file) => join(path, file.name));
    });
  });

const listed = (path: string): readonly Dirent[] | undefined =>
  lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readdirSync(path, { withFileTypes: true });

/** What lies in the folder; undefined when it does not exist. @throws WrongUseError when it is a file, or cannot be looked into */
const entriesOf = (folder: string): readonly Dirent[] | undefined => {
  try {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    if (!found.isDirectory()) throw new WrongUseError([`--out: ${folder} is a file; expected a folder, or a name that is free.`]);
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unfit(folder, error);
  }
};

/**
 * Makes the folder and writes into it, then undoes both. Each folder above it is made by itself: Node's own recursion does not end in
 * file systems such as /proc, which say of a folder inside them that it is missing when it cannot be made.
 */
const tryOut = (folder: string): void => {
  const missing: string[] = [];
  for (let path = resolve(folder); statSync(path, { throwIfNoEntry: false }) === undefined; path = dirname(path)) missing.unshift(path);
  const made: string[] = [];
  try {
    for (const path of missing) {
      mkdirSync(path);
      made.unshift(path);
    }
    const partial = join(folder, `${PARTIAL}${randomUUID()}`);
    writeFileSync(partial, '', { flag: 'wx' });
    rmSync(partial);
  } catch (error) {
    throw unfit(folder, error);
  } finally {
    for (const path of made) rmdirSync(path);
  }
};

const unfit = (folder: string, error: unknown): unknown =>
  error instanceof Error && 'code' in error
    ? new WrongUseError([`--out: nothing can be written to ${folder} (${String(error.code)}); expected a folder that may be written to.`])
    : error;
