import { type Chain, chainsOf, lateWithoutSeal } from '../../core/evidence/chain.ts';
import { type ExaminedRun, examineRun } from '../../core/evidence/examine.ts';
import { chainSentence, chainWhole } from './chain-words.ts';
import { filesOf, findEvidence } from './read-folder.ts';
import { runSentences } from './run-words.ts';

export interface VerifyAsk {
  /** The seal that the newest run of a fleet shall have, in hex. */
  readonly seal?: string | undefined;
  /** Runs that ended before this time, in epoch milliseconds, may be gone. */
  readonly expiredBefore?: number | undefined;
}

/** What came of it, in sentences. */
export interface Verdict {
  readonly wrong: readonly string[];
  /** What holds. */
  readonly right: readonly string[];
  /** What could not be verified, and is no sign of anything wrong. */
  readonly open: readonly string[];
}

/** Verifies all evidence in a folder, file by file. @throws WrongUseError when there is none, or it cannot be read */
export const verifyFolder = (folder: string, { seal, expiredBefore }: VerifyAsk = {}): Verdict => {
  const found = findEvidence(folder);
  const examined = found.runs.map((run) => examineRun(run, filesOf(folder, run)));
  const sealed = examined.flatMap(({ runId, summary }) => (summary?.kind === 'sealed' ? [{ ...summary.evidence, runId }] : []));
  const unsealed = examined.flatMap(({ runId, summary }) => (summary?.kind === 'unsealed' ? [{ ...summary.evidence, runId }] : []));
  const unreadable = new Set(examined.filter(({ summary }) => summary === undefined).map(({ runId }) => runId));
  const chains = chainsOf(sealed, { unsealed, unreadable, expiredBefore });
  const chainFlaws = [...chains.flatMap(({ flaws }) => flaws), ...lateWithoutSeal(sealed, unsealed)];
  return {
    wrong: [
      ...found.foreign.map((path) => `${path} was left by no run, and nothing vouches for it. Somebody put it there.`),
      ...examined.flatMap(runSentences),
      ...chainFlaws.map(chainSentence),
      ...(seal === undefined ? [] : otherNewest(chains, seal)),
    ],
    right: [...filesWhole(examined), ...chains.filter(({ flaws }) => flaws.length === 0).map(chainWhole)],
    open: unsealed.map(
      ({ runId }) =>
        `evidence/${runId} was written by a version of mrk-failover that sealed nothing: its counts were compared with its lines, and nothing more can be said of it.`,
    ),
  };
};

const filesWhole = (examined: readonly ExaminedRun[]): readonly string[] => {
  const whole = examined.filter(({ summary, flaws }) => summary?.kind === 'sealed' && flaws.length === 0).length;
  const runs = examined.length === 1 ? 'the one run' : `${whole} of ${examined.length} runs`;
  return whole === 0 ? [] : [`The files of ${runs} are as they were left, to the last byte.`];
};

/** The seal that the bus told of is that of the newest run, or something has happened since. */
const otherNewest = (chains: readonly Chain[], seal: string): readonly string[] => {
  if (chains.some(({ newest }) => newest.some((run) => run.seal === seal))) return [];
  const older = chains.flatMap(({ runs }) => runs).find((run) => run.seal === seal);
  return [
    older === undefined
      ? `--seal: no run here has the seal ${seal}. The run that was told of on the bus was removed or replaced, or is not downloaded yet.`
      : `--seal: ${older.runId} has this seal, and is not the newest of fleet ${older.fleet}. The runs after it came later than the event that you compare with, or were inserted.`,
  ];
};
