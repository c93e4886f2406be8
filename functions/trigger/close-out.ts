import { isComplete } from '../../core/batch/batch.ts';
import { lastWord, type UntimelyEnd } from '../../core/batch/last-word.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import type { Rest } from '../../core/coordination/intent.ts';
import { type Lease, quietAt, released } from '../../core/coordination/lease.ts';
import { AFTERCARE_RULES } from '../../core/decision/aftercare.ts';
import { type Decision, planRefusalId } from '../../core/decision/decision.ts';
import type { Readings } from '../../core/key/agree.ts';
import type { Region } from '../../core/region.ts';
import type { BadEnd } from '../../core/signal/execution-change.ts';
import { asSentence } from '../../core/words/sentence.ts';
import { instant } from '../../core/words/time.ts';
import { conclude, isStopped, stoppedRest, stopperOf, usualRest } from '../frame/ending/conclude.ts';
import { isTold, noteTold } from '../frame/ending/conclusion.ts';
import { finalRecords } from '../frame/ending/final-records.ts';
import { replaceItem } from '../frame/item.ts';
import { observe } from '../frame/keys/observe.ts';
import { type LoadedBatch, loadBatches, saveBatch } from '../frame/run/batches.ts';
import { cryptoOf } from '../frame/run/drill-probe.ts';
import { findRun, type RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { recordId } from './record-id.ts';
import { settledOnce } from './settle.ts';

/** What became of the attempt to close a run whose execution ended. */
export interface CloseOut {
  /**
   * `closed`: its evidence was written now; `nothing`: it had reported, or never had a plan; `waiting`: calls to KMS may be on their
   * way still; `unfinished`: there was no time for every key. The last two are for the next tick.
   */
  readonly kind: 'closed' | 'nothing' | 'waiting' | 'unfinished';
  readonly why: string;
  /** The rule by which a guard refused the run, where that is why it had no plan. */
  readonly refusedBy?: string;
}

/** Reading keys may take this much of the trigger's time; the next tick goes on with the others. */
const READING_MS_MAX = 20_000;
/** Between the two looks that must agree that a key has moved. */
const SECOND_LOOK_MS = 500;

/**
 * Closes a run whose execution ended without its report: reads where the keys without an outcome are, writes the evidence, settles
 * the intent, gives the lease back, and tells. Nothing is judged while the run's calls may still be carried out. May be repeated, and
 * may run twice at once; does nothing when all that a report does was done, not only begun.
 */
export const closeOut = async (runtime: Runtime, runId: string, end: BadEnd): Promise<CloseOut> => {
  const run = await findRun(runtime, runId);
  if (run === undefined) return withoutPlan(runtime, runId);
  const lease = (await runtime.table.read<Lease>('lease', run.fleetName))?.value;
  const hasLease = lease?.holder === runId && !lease.released;
  if (!hasLease && (await isTold(runtime, run))) return { kind: 'nothing', why: `run ${runId} has reported` };

  const batches = await loadBatches(runtime, run);
  const open = batches.filter(({ batch }) => !isComplete(batch));
  if (open.length > 0 && lease !== undefined && hasLease && runtime.clock.now() < quietAt(lease))
    return { kind: 'waiting', why: `calls of run ${runId} may be on their way until ${instant(quietAt(lease))}` };
  // A later run has had the fleet: where the keys are now says nothing of what this one did, and the later one tells of them.
  const isTakenOver = lease !== undefined && lease.holder !== runId;
  const stopped = end === 'ABORTED' || (await stopperOf(runtime, run)) !== undefined;
  const judged = isTakenOver ? open : await readBatches(runtime, run, open, stopped ? 'STOPPED' : 'RUN_ENDED');
  if (judged === undefined)
    return { kind: 'unfinished', why: `there was no time to read every key of run ${runId}; the next tick goes on` };

  const all = new Map([...batches, ...judged].map((each) => [each.batch.number, each.batch]));
  const records = finalRecords([...all.values()], run.request.operation);
  await conclude(runtime, run, records, {
    crypto: cryptoOf(run, [...all.values()]),
    notes: notesOf(run, end, records),
    restOf: stopped ? stoppedRest : diedRest,
  });
  const why = `run ${runId} ended as ${end} before its report, which was written now`;
  await onRecord(runtime, run, why);
  await noteTold(runtime, run);
  return { kind: 'closed', why };
};

/** Puts on record that the run was closed, under whichever signal or tick. */
const onRecord = async (runtime: Runtime, { runId, fleetName, request }: RunFile, why: string): Promise<void> => {
  const about = { fleet: fleetName, signal: `Step Functions: run ${runId} ended before its report` };
  const { decision: verb } = AFTERCARE_RULES.RUN_CLOSED_OUT;
  await settledOnce(runtime, recordId(fleetName, 'closed-out', runId), about, async () => ({
    decision: { verb, rule: 'RUN_CLOSED_OUT', why: asSentence(why), liftedBy: [], request, runId },
  }));
};

/** A run that never had a plan called for no key; all that it can have left is the lease. */
const withoutPlan = async (runtime: Runtime, runId: string): Promise<CloseOut> => {
  const fleetName = runId.replace(/-[0-9a-f]{16}-\d+$/, '');
  await replaceItem<Lease>(runtime, 'lease', fleetName, (lease) => released(lease, runId));
  const { rule } = (await runtime.table.read<Decision>('decision', planRefusalId(fleetName, runId)))?.value ?? {};
  if (rule === undefined) return { kind: 'nothing', why: `run ${runId} never had a plan` };
  return { kind: 'nothing', why: `run ${runId} was refused before it touched a key (${rule})`, refusedBy: rule };
};

/** @returns the batches, each key with an outcome, saved as they are read; undefined when the time was too short for all */
const readBatches = async (
  runtime: Runtime,
  run: RunFile,
  open: readonly LoadedBatch[],
  unmoved: UntimelyEnd['unmoved'],
): Promise<readonly LoadedBatch[] | undefined> => {
  const until = runtime.clock.now() + READING_MS_MAX;
  const dark = new Set<Region>();
  const done: LoadedBatch[] = [];
  for (const loaded of open) {
    if (runtime.clock.now() >= until) return undefined;
    const { batch } = loaded;
    const untimely: UntimelyEnd = { target: batch.target, unmoved, proof: run.fleet.proof };
    const records = await Promise.all(
      batch.records.map(async (record) =>
        record.outcome === undefined ? lastWord(record, await looked(runtime, run, record, batch.target, dark), untimely) : record,
      ),
    );
    done.push(await saveBatch(runtime, run.runId, loaded, { ...batch, records }));
  }
  return done;
};

/** A key that seems to have moved is looked at twice, since a single read may be an old one. */
const looked = async (runtime: Runtime, run: RunFile, record: KeyRecord, target: Region, dark: Set<Region>): Promise<Readings> => {
  const regions = record.regions.length > 0 ? record.regions : [run.request.source, run.request.target];
  const look = async () => {
    const readings = await observe(runtime, record, regions, dark);
    for (const [region, reading] of readings) if (reading.kind === 'failure' && reading.code === 'unreachable') dark.add(region);
    return readings;
  };
  const first = await look();
  if (![...first.values()].some((reading) => reading.kind === 'seen' && reading.primaryRegion === target)) return first;
  await runtime.clock.sleep(SECOND_LOOK_MS);
  return look();
};

/** What a dead run did not get done the next one takes up, which waits for nothing; a drill's keys that are away come home with it. */
const diedRest = (run: RunFile, records: readonly KeyRecord[]): Rest => {
  const usual = usualRest(run, records);
  if (isStopped(run, records)) return usual;
  const isUndone = records.some(({ outcome }) => outcome?.kind === 'halted' || outcome?.kind === 'unproven' || outcome?.kind === 'failed');
  return isUndone ? { ...usual, state: 'open', blockedSample: [] } : usual;
};

const ENDS: Readonly<Record<BadEnd, string>> = {
  ABORTED: 'The execution was stopped by a person',
  FAILED: 'The execution failed',
  TIMED_OUT: 'The execution ran out of time',
};

const notesOf = ({ request }: RunFile, end: BadEnd, records: readonly KeyRecord[]): readonly string[] => {
  const away = records.filter(({ outcome }) => outcome?.kind === 'halted' && outcome.reason === 'NOT_RETURNED').length;
  const next =
    end === 'ABORTED'
      ? 'nothing brings them home by itself: start the drill again, or a failback'
      : 'the next run of the intent brings them home';
  return [
    `${ENDS[end]} before the run’s report; trigger read where the keys are and wrote this in its place.`,
    ...(away === 0 ? [] : [`${away} keys of the drill may still be in ${request.target}; ${next}.`]),
  ];
};
