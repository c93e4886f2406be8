import type { CryptoTally } from '../../../core/batch/crypto-tally.ts';
import type { KeyRecord } from '../../../core/batch/record.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import { type ChainEnd, chainedOn, endIn, linkBefore, unwrittenIn } from '../../../core/evidence/chain-end.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import type { EvidenceLink } from '../../../core/evidence/link.ts';
import { sealed, summaryText } from '../../../core/evidence/seal.ts';
import { summaryIn } from '../../../core/evidence/summary-schema.ts';
import { resultOf } from '../../../core/outcome/outcome.ts';
import { ContendedItemError, changeItem } from '../item.ts';
import { evidencePath } from '../run/evidence-path.ts';
import type { RunFile } from '../run/run-file.ts';
import type { Runtime } from '../runtime.ts';
import { type JudgedBy, judgedBy } from './conclusion.ts';
import { leaveLines } from './leave-lines.ts';

/** Runs of one fleet that end at the same moment are two or three. */
const TRIES_MAX = 10;

/** What a summary says that does not follow from its run and its lines. */
interface Remarks {
  readonly crypto?: CryptoTally | undefined;
  readonly notes: readonly string[];
}

/**
 * Leaves a run's evidence: first its lines, then its place in the fleet's chain, then its summary. What this run wrote first stands, so that
 * nothing changes which a later run names already: who repeats this, late or after a death anywhere, finishes what was begun. And whoever
 * is chained on next finishes it if nobody did, unless its summary is too large for the table. What lies under the run's name and is not
 * this run's has no say.
 * @returns the evidence as it lies in the bucket
 * @throws ContendedItemError when others were faster each time
 */
export const leaveEvidence = async (runtime: Runtime, run: RunFile, records: readonly KeyRecord[], remarks: Remarks): Promise<Evidence> => {
  const endedAt = runtime.clock.now();
  // Read before the lines are written: only a run that has begun to can be in the chain, so whoever begins need not look for a summary.
  let end = await chainEnd(runtime, run);
  const lines = await leaveLines(runtime, run, records);
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const left = lines.areNew && attempt === 0 ? undefined : await earlierSummary(runtime, run, lines, end);
    if (left !== undefined) return left;
    const unwritten = unwrittenIn(end);
    if (unwritten !== undefined && unwritten.runId !== run.runId) await runtime.store.put(evidencePath(unwritten.runId), unwritten.text);
    const evidence = summaryOf(runtime, run, lines, remarks, endedAt, linkBefore(end, run.runId));
    if (await isChainedOn(runtime, run, end, evidence)) {
      await runtime.store.put(evidencePath(run.runId), summaryText(evidence));
      return evidence;
    }
    end = await chainEnd(runtime, run);
  }
  throw new ContendedItemError(`Other runs of fleet ${run.fleetName} left their evidence ${TRIES_MAX} times while ${run.runId} tried to.`);
};

/** The evidence that the run has left; undefined when its summary is not there, or is not what this run writes. */
export const evidenceLeft = async (runtime: Runtime, run: RunFile): Promise<Evidence | undefined> => {
  const lines = await judgedBy(runtime, run);
  return lines && writtenSummary(runtime, run, lines);
};

const chainEnd = async (runtime: Runtime, { fleetName }: RunFile): Promise<ChainEnd | undefined> =>
  endIn((await runtime.table.read<FleetHistory>('fleet', fleetName))?.value.evidence, runtime.controlRegion);

const isChainedOn = (runtime: Runtime, { fleetName }: RunFile, seen: ChainEnd | undefined, evidence: Evidence): Promise<boolean> =>
  changeItem<FleetHistory, boolean>(runtime, 'fleet', fleetName, (history) => {
    const ends = chainedOn(history?.evidence, seen, evidence);
    return ends === undefined ? { answer: false } : { store: { ...history, evidence: ends }, answer: true };
  });

/** The run's evidence, if it is in the chain already; its summary is written where that was not done. */
const earlierSummary = async (
  runtime: Runtime,
  run: RunFile,
  lines: JudgedBy,
  end: ChainEnd | undefined,
): Promise<Evidence | undefined> => {
  const unwritten = unwrittenIn(end);
  const own = unwritten?.runId === run.runId ? ownSummary(runtime, run, lines, unwritten.text) : undefined;
  if (unwritten === undefined || own === undefined) return writtenSummary(runtime, run, lines);
  await runtime.store.put(evidencePath(run.runId), unwritten.text);
  return own;
};

const writtenSummary = async (runtime: Runtime, run: RunFile, lines: JudgedBy): Promise<Evidence | undefined> => {
  const there = await runtime.store.get(evidencePath(run.runId));
  return there && ownSummary(runtime, run, lines, there.body);
};

/**
 * The summary, if it is byte for byte what this run writes of its lines, but for when that was and what was remarked: not that of an earlier
 * version, which had no seal, of an earlier run of the same name, or of nobody.
 */
const ownSummary = (runtime: Runtime, run: RunFile, lines: JudgedBy, text: string): Evidence | undefined => {
  const there = summaryIn(text);
  return there !== undefined && summaryText(summaryOf(runtime, run, lines, there, there.endedAt, there.previous)) === text
    ? there
    : undefined;
};

const summaryOf = (
  { controlRegion }: Runtime,
  { runId, intent, generation, request, inventoryComplete, startedAt }: RunFile,
  { figures, keysSha256 }: JudgedBy,
  { crypto, notes }: Remarks,
  endedAt: number,
  previous: EvidenceLink | undefined,
): Evidence => {
  const result = resultOf(figures.outcomes, inventoryComplete);
  const told = { runId, intent, generation, ...request, result, ...figures, inventoryComplete, startedAt, endedAt, crypto, notes };
  return sealed({ ...told, controlRegion, keysSha256, previous });
};
