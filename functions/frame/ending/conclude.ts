import type { CryptoTally } from '../../../core/batch/crypto-tally.ts';
import { expiryNotes } from '../../../core/batch/expiry-notes.ts';
import type { KeyRecord } from '../../../core/batch/record.ts';
import { BLOCKED_SAMPLE_MAX, type Intent, type Rest, settled } from '../../../core/coordination/intent.ts';
import { type Lease, released } from '../../../core/coordination/lease.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import type { Region } from '../../../core/region.ts';
import { changeItem, replaceItem } from '../item.ts';
import { sampleKeys } from '../keys/sample-keys.ts';
import type { RunFile } from '../run/run-file.ts';
import type { Runtime } from '../runtime.ts';
import { announce } from '../telling/announce.ts';
import { endingEvents } from './ending-events.ts';
import { leaveEvidence } from './leave-evidence.ts';
import { isMovedForGood, rememberMove } from './remember-move.ts';

/** What there is to say of a run besides its keys' outcomes. */
interface Besides {
  /** In a drill: the calls that were made on the keys. */
  readonly crypto?: CryptoTally | undefined;
  readonly notes?: readonly string[];
  /** What the run leaves of its intent. */
  readonly restOf?: (run: RunFile, records: readonly KeyRecord[]) => Rest;
}

/**
 * Adds a run up that has an outcome for each of its keys: writes its evidence, remembers where it moved the fleet, closes the intent
 * or leaves it open for the tick, gives the lease back, and tells the bus. For `report`, and for whoever closes a run that never came to its report. May be repeated.
 */
export const conclude = async (
  runtime: Runtime,
  run: RunFile,
  records: readonly KeyRecord[],
  { crypto, notes = [], restOf = usualRest }: Besides = {},
): Promise<Evidence> => {
  const stoppedBy = await stopperOf(runtime, run);
  const evidence = await leaveEvidence(runtime, run, records, {
    crypto,
    notes: [
      ...run.notes,
      ...notes,
      ...expiryNotes(records),
      ...(stoppedBy === undefined ? [] : [`STOPPED: ${stoppedBy} stopped this run; a person starts the next.`]),
    ],
  });
  // Before the lease is free: who has the fleet next must see what it would undo.
  await rememberMove(runtime, run, records, evidence);
  let rest = stoppedBy === undefined ? restOf(run, records) : stoppedRest(run, records);
  await settleIntent(runtime, run, rest);
  if (!(await givenBack(runtime, run, stoppedBy))) {
    rest = stoppedRest(run, records);
    await settleIntent(runtime, run, rest);
    await givenBack(runtime, run, await stopperOf(runtime, run));
  }
  await announce(runtime, endingEvents(evidence, rest.state));
  return evidence;
};

const settleIntent = (runtime: Runtime, run: RunFile, rest: Rest): Promise<void> =>
  replaceItem<Intent>(runtime, 'intent', run.intent, (intent) => settled(intent, run.runId, rest));

/** Gives the lease back. @returns false, and keeps it, when a person stopped the run since its intent was settled without knowing that */
const givenBack = (runtime: Runtime, run: RunFile, knownStopper: string | undefined): Promise<boolean> =>
  changeItem<Lease, boolean>(runtime, 'lease', run.fleetName, (lease) =>
    stopperIn(lease, run) === knownStopper ? { store: released(lease, run.runId), answer: true } : { answer: false },
  );

/** Who stopped the run, however many of its keys were through by then; nobody in a drill, which brings home what it moved all the same. */
export const stopperOf = async (runtime: Pick<Runtime, 'table'>, run: RunFile): Promise<string | undefined> =>
  stopperIn((await runtime.table.read<Lease>('lease', run.fleetName))?.value, run);

const stopperIn = (lease: Lease | undefined, { runId, request }: RunFile): string | undefined =>
  lease?.holder === runId && request.operation !== 'drill' ? lease.stoppedBy : undefined;

/** A person stopped the run, and a person starts the next one. */
export const stoppedRest = (run: RunFile, records: readonly KeyRecord[]): Rest => ({
  state: 'closed',
  blockedSample: [],
  moved: isMoved(run, records),
});

const isMoved = (run: RunFile, records: readonly KeyRecord[]): boolean =>
  run.request.operation !== 'drill' && records.some((record) => isMovedForGood(run, record));

/** Whether a key was left because a person stopped the run. A drill brings home what it moved all the same. */
export const isStopped = ({ request }: RunFile, records: readonly KeyRecord[]): boolean =>
  request.operation !== 'drill' && records.some(({ outcome }) => outcome?.kind === 'halted' && outcome.reason === 'STOPPED');

/**
 * Blocked keys keep the intent open until their Region answers again, unless a person stopped the run. Keys whose turn never came keep
 * it open too, and wait for nothing: then the tick is given no sample to look at first.
 */
export const usualRest = (run: RunFile, records: readonly KeyRecord[]): Rest => {
  if (isStopped(run, records)) return stoppedRest(run, records);
  const moved = isMoved(run, records);
  if (records.some(({ outcome }) => outcome?.kind === 'halted' && outcome.reason === 'RUN_ENDED'))
    return { state: 'open', blockedSample: [], moved };
  const blocked = records.filter((record) => record.outcome?.kind === 'blocked');
  const blockedSample = sampleKeys(blocked, BLOCKED_SAMPLE_MAX, BLOCKED_SAMPLE_MAX).map((record) => ({
    account: record.account,
    keyId: record.keyId,
    region: regionToAsk(run, record),
  }));
  return { state: blocked.length > 0 ? 'open' : 'closed', blockedSample, moved };
};

/** Where KMS has to answer again: in the target when that was dark, which is the source for a drill's key on its way home. */
const regionToAsk = ({ request }: RunFile, { outcome, primary, origin }: KeyRecord): Region => {
  if (outcome?.kind !== 'blocked' || outcome.reason !== 'TARGET_UNREACHABLE') return primary ?? origin ?? request.source;
  return request.operation === 'drill' && primary === request.target ? request.source : request.target;
};
