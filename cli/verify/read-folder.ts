import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type EvidenceFile, FILE_BYTES_MAX, type RunFiles } from '../../core/evidence/examine.ts';
import { EVIDENCE } from '../evidence-folder.ts';
import { WrongUseError } from '../wrong-use.ts';

const SUMMARY = 'summary.json';
const KEYS = 'keys.jsonl';
const FILES: ReadonlySet<string> = new Set<EvidenceFile>([SUMMARY, KEYS]);

/** What lies in the evidence of a folder. */
export interface EvidenceFound {
  /** The names of the runs' folders. */
  readonly runs: readonly string[];
  /** What no run has left there. */
  readonly foreign: readonly string[];
}

/** Looks what evidence there is. @throws WrongUseError where there is none, or it cannot be read */
export const findEvidence = (folder: string): EvidenceFound => {
  const entries = listed(folder, join(folder, EVIDENCE));
  const runs = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  if (runs.length === 0)
    throw new WrongUseError([
      `${folder} has no evidence of a run in it, so there is nothing to verify: expected the folder of a story, or what aws s3 sync gives of an evidence bucket, with ${EVIDENCE}/<run>/${SUMMARY}.`,
    ]);
  const beside = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => join(EVIDENCE, name));
  const inRuns = runs.flatMap((run) =>
    listed(folder, join(folder, EVIDENCE, run))
      .filter((entry) => !entry.isFile() || !FILES.has(entry.name))
      .map(({ name }) => join(EVIDENCE, run, name)),
  );
  return { runs: runs.toSorted(), foreign: [...beside, ...inRuns].toSorted() };
};

/** The two files of a run, unread where one is larger than a run's can be. @throws WrongUseError for a file that cannot be read */
export const filesOf = (folder: string, run: string): RunFiles => ({
  summary: bytesOf(folder, run, SUMMARY),
  keys: bytesOf(folder, run, KEYS),
});

const listed = (folder: string, path: string): readonly Dirent[] =>
  orWrongUse(folder, () => {
    if (!statSync(folder).isDirectory()) throw new WrongUseError([`${folder} is a file; expected a folder.`]);
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(path, { withFileTypes: true }) : [];
  });

const bytesOf = (folder: string, run: string, file: EvidenceFile): RunFiles['keys'] =>
  orWrongUse(folder, () => {
    const path = join(folder, EVIDENCE, run, file);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile()) return undefined;
    return found.size > FILE_BYTES_MAX[file] ? { sizeBytes: found.size } : readFileSync(path);
  });

const orWrongUse = <T>(folder: string, act: () => T): T => {
  try {
    return act();
  } catch (error) {
    if (error instanceof WrongUseError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new WrongUseError([
      error.code === 'ENOENT'
        ? `There is no folder ${folder}; expected the folder of a story, or what aws s3 sync gives of an evidence bucket.`
        : `${folder} cannot be read (${String(error.code)}); expected a folder that may be read, with all that lies in it.`,
    ]);
  }
};
