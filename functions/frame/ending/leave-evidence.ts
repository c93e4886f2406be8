import type { CryptoTally } from '../../../core/batch/crypto-tally.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import { type ChainEnd, chainedOn, linkBefore } from '../../../core/evidence/chain-end.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { figuresOf } from '../../../core/evidence/figures.ts';
import { linesIn, linesText } from '../../../core/evidence/line.ts';
import type { EvidenceLine } from '../../../core/evidence/line-schema.ts';
import { sealed, sha256, summaryText } from '../../../core/evidence/seal.ts';
import { resultOf } from '../../../core/outcome/outcome.ts';
import { ContendedItemError, changeItem } from '../item.ts';
import { evidencePath } from '../run/evidence-path.ts';
import type { RunFile } from '../run/run-file.ts';
import type { Runtime } from '../runtime.ts';

/** Runs of one fleet that end at the same moment are two or three. */
const TRIES_MAX = 10;

/** What a summary says that does not follow from its run and its lines. */
interface Remarks {
  readonly crypto?: CryptoTally | undefined;
  readonly notes: readonly string[];
}

/**
 * Leaves a run's evidence: first its lines, then its place in the fleet's chain, then its summary. What was written first stands, so that
 * nothing changes which a later run names already: who repeats this, late or after a death anywhere, finishes what was begun. And whoever
 * is chained on next finishes it if nobody did.
 * @returns the evidence as it lies in the bucket
 * @throws ContendedItemError when others were faster each time
 */
export const leaveEvidence = async (
  runtime: Runtime,
  run: RunFile,
  ownLines: readonly EvidenceLine[],
  remarks: Remarks,
): Promise<Evidence> => {
  const endedAt = runtime.clock.now();
  // Read before the lines are written: only a run with lines can be in the chain, so whoever writes them first need not look for a summary.
  let end = await chainEnd(runtime, run);
  const own = linesText(ownLines);
  const earlier = await earlierLines(runtime, run, own);
  const text = earlier ?? own;
  const lines = earlier === undefined ? ownLines : linesIn(earlier);
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const left = earlier === undefined && attempt === 0 ? undefined : await earlierSummary(runtime, run, end);
    if (left !== undefined) return left;
    if (end?.unwritten !== undefined) await runtime.store.put(evidencePath(end.last.runId), end.unwritten);
    const previous = linkBefore(end, run.runId);
    const evidence = sealed({
      ...summaryOf(run, lines, remarks, endedAt),
      controlRegion: runtime.controlRegion,
      keysSha256: sha256(text),
      previous,
    });
    if (await isChainedOn(runtime, run, end, evidence)) {
      await runtime.store.put(evidencePath(run.runId), summaryText(evidence));
      return evidence;
    }
    end = await chainEnd(runtime, run);
  }
  throw new ContendedItemError(`Other runs of fleet ${run.fleetName} left their evidence ${TRIES_MAX} times while ${run.runId} tried to.`);
};

const chainEnd = async (runtime: Runtime, { fleetName }: RunFile): Promise<ChainEnd | undefined> =>
  (await runtime.table.read<FleetHistory>('fleet', fleetName))?.value.evidence?.[runtime.controlRegion];

const isChainedOn = (runtime: Runtime, { fleetName }: RunFile, seen: ChainEnd | undefined, evidence: Evidence): Promise<boolean> =>
  changeItem<FleetHistory, boolean>(runtime, 'fleet', fleetName, (history) => {
    const ends = chainedOn(history?.evidence, seen, evidence);
    return ends === undefined ? { answer: false } : { store: { ...history, evidence: ends }, answer: true };
  });

/** Writes the run's lines, if nobody has. @returns those that were there */
const earlierLines = async (runtime: Runtime, { runId }: RunFile, own: string): Promise<string | undefined> => {
  const path = evidencePath(runId, 'keys.jsonl');
  if ((await runtime.store.put(path, own, { ifAbsent: true })) !== undefined) return undefined;
  const there = await runtime.store.get(path);
  if (there === undefined) throw new ContendedItemError(`Somebody else was writing ${path} at the same moment.`);
  return there.body;
};

/** The run's evidence, if it is in the chain already; its summary is written where that was not done. */
const earlierSummary = async (runtime: Runtime, { runId }: RunFile, end: ChainEnd | undefined): Promise<Evidence | undefined> => {
  const path = evidencePath(runId);
  if (end?.last.runId === runId && end.unwritten !== undefined) {
    await runtime.store.put(path, end.unwritten);
    return JSON.parse(end.unwritten);
  }
  const there = await runtime.store.get(path);
  const summary: Partial<Evidence> | undefined = there === undefined ? undefined : JSON.parse(there.body);
  // An earlier version of the functions left its summary without a seal, and in no chain.
  return summary?.seal === undefined ? undefined : (summary as Evidence);
};

const summaryOf = (run: RunFile, lines: readonly EvidenceLine[], remarks: Remarks, endedAt: number) => {
  const { runId, intent, generation, request, inventoryComplete, startedAt } = run;
  const figures = figuresOf(lines);
  const result = resultOf(figures.outcomes, inventoryComplete);
  return { runId, intent, generation, ...request, result, ...figures, inventoryComplete, startedAt, endedAt, ...remarks };
};
