import { type Chain, chainsOf, sealedBefore } from '../../core/evidence/chain.ts';
import { type ExaminedRun, examineRun } from '../../core/evidence/examine.ts';
import { acknowledgedSentence, chainFound, chainSentence } from './chain-words.ts';
import { filesOf, findEvidence } from './read-folder.ts';
import { runSentences } from './run-words.ts';
import { sealSentences } from './seal-words.ts';
import { isKnownWithoutSeal, unsealedSentence } from './unsealed-words.ts';

export interface VerifyAsk {
  /** The seals that the newest runs shall have, in hex: one for each chain. */
  readonly seals?: readonly string[] | undefined;
  /** Runs that ended before this time, in epoch milliseconds, may be gone. */
  readonly expiredBefore?: number | undefined;
  /** Of runs that ended before this time, in epoch milliseconds, it is known that they have no seal. */
  readonly unsealedBefore?: number | undefined;
  /** Runs of which it is known why they stand in the chain beside another. */
  readonly acknowledged?: readonly string[] | undefined;
}

/** What came of it, in sentences. */
export interface Verdict {
  readonly wrong: readonly string[];
  /** What holds. */
  readonly right: readonly string[];
  /** What could not be verified, and whoever verifies knows of. */
  readonly open: readonly string[];
}

/** Verifies all evidence in a folder, file by file. @throws WrongUseError when there is none, or it cannot be read */
export const verifyFolder = (folder: string, ask: VerifyAsk = {}): Verdict => {
  const { seals = [], expiredBefore, unsealedBefore, acknowledged = [] } = ask;
  const found = findEvidence(folder);
  const examined = found.runs.map((run) => examineRun(run, filesOf(folder, run)));
  const sealed = examined.flatMap(({ runId, summary }) => (summary?.kind === 'sealed' ? [{ ...summary.evidence, runId }] : []));
  const unsealed = examined.flatMap(({ runId, summary }) => (summary?.kind === 'unsealed' ? [{ ...summary.evidence, runId }] : []));
  const unreadable = new Set(examined.filter(({ summary }) => summary === undefined).map(({ runId }) => runId));
  const chains = chainsOf(sealed, { unsealed, unreadable, expiredBefore, acknowledged: new Set(acknowledged) });
  const before = sealedBefore(sealed, unsealed);
  const withoutSeal = Object.groupBy(unsealed, (run) => (isKnownWithoutSeal(run, unsealedBefore) ? 'known' : 'unknown'));
  const told = (runs: typeof unsealed = []): readonly string[] =>
    runs.map((run) => unsealedSentence(run, before.get(run.runId), unsealedBefore));
  return {
    wrong: [
      ...found.foreign.map((path) => `${path} was left by no run, and nothing vouches for it. Somebody put it there.`),
      ...examined.flatMap(runSentences),
      ...told(withoutSeal.unknown),
      ...chains.flatMap(({ flaws }) => flaws.map(chainSentence)),
      ...needlessAcknowledged(chains, acknowledged),
      ...sealSentences(chains, seals),
    ],
    right: [...filesWhole(examined), ...chains.filter(isWhole).map(chainFound)],
    open: [
      ...told(withoutSeal.known),
      ...chains.flatMap((chain) => chain.acknowledged.map(acknowledgedSentence)),
      ...chains.filter((chain) => !isWhole(chain)).map(chainFound),
    ],
  };
};

const isWhole = ({ flaws }: Chain): boolean => flaws.length === 0;

const filesWhole = (examined: readonly ExaminedRun[]): readonly string[] => {
  const whole = examined.filter(({ summary, flaws }) => summary?.kind === 'sealed' && flaws.length === 0).length;
  const runs = examined.length === 1 ? 'the one run' : `${whole} of ${examined.length} runs`;
  return whole === 0 ? [] : [`The files of ${runs} are as they were left, to the last byte.`];
};

/** Where a run was acknowledged that stands beside no other, the others are gone, or its name is another. */
const needlessAcknowledged = (chains: readonly Chain[], asked: readonly string[]): readonly string[] => {
  const used = new Set(chains.flatMap(({ acknowledged }) => acknowledged.map(({ runId }) => runId)));
  return asked
    .filter((runId) => !used.has(runId))
    .map(
      (runId) =>
        `--acknowledge: ${runId} takes no place here that another run takes too. If it did before, the other was removed, or has expired: then leave the option out.`,
    );
};
