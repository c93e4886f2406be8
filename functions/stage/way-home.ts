import { type Batch, isComplete, withCrypto } from '../../core/batch/batch.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import { mayBeAway, wayBack } from '../../core/batch/way-back.ts';
import type { Region } from '../../core/region.ts';
import { incidentsOf } from '../frame/deciding/incidents.ts';
import { ensureBatches, loadAllBatches, loadBatch, saveBatch } from '../frame/run/batches.ts';
import { drillProbes, inTurn, useKeys } from '../frame/run/drill-probe.ts';
import { lookAtHold } from '../frame/run/hold.ts';
import type { RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';

/** `hold`: the keys stay in the target for now, look again; `return`: these batches bring them home. */
type WayHome = { readonly kind: 'hold'; readonly seconds: number } | { readonly kind: 'return'; readonly batches: readonly Batch[] };

/** How often a drill looks during its hold whether it shall come home: an alarm must not wait for the hold's end. */
const LOOK_EVERY_SECONDS = 10;
/** The same while it waits for the end of an incident where its keys came from, which may take hours. */
const LOOK_EVERY_SECONDS_IN_TROUBLE = 30;
/** A drill does not bring keys into an incident; but not for ever: after so long it comes home, and KMS says what it can do. */
const AWAY_MS_MAX = 4 * 3_600_000;
/** Of how many batches a key or two are used at each look. */
const USED_BATCHES_MAX = 5;

/** After the hold, the drill returns what it may have moved, and nothing else, each key to where it came from. */
export const wayHome = async (runtime: Runtime, run: RunFile, batches: readonly Batch[]): Promise<WayHome> => {
  const there = batches.filter((batch) => batch.stage !== 'back');
  const away = there.flatMap((batch) => batch.records).filter(mayBeAway);
  const isReturning = batches.length > there.length;
  const { holdMs, lookEverySeconds } = isReturning ? NO_HOLD : await holdLeft(runtime, run, away);
  if (holdMs > 0) {
    await useKeysMeanwhile(runtime, run, there);
    return { kind: 'hold', seconds: Math.min(lookEverySeconds, Math.ceil(holdMs / 1000)) };
  }
  await ensureBatches(runtime, run.runId, wayBack(away, run.request.source, run.request.target));
  const all = await loadAllBatches(runtime, run);
  return { kind: 'return', batches: all.filter((batch) => batch.stage === 'back' && !isComplete(batch)) };
};

interface HoldLeft {
  /** None is left when it is zero or less. */
  readonly holdMs: number;
  readonly lookEverySeconds: number;
}

const NO_HOLD: HoldLeft = { holdMs: 0, lookEverySeconds: LOOK_EVERY_SECONDS };

/**
 * Counted from the last key that moved. Nothing is held for a drill that was stopped or called home; where the keys came from is in
 * trouble by now, they stay until that is over, or a failover takes them over.
 */
const holdLeft = async (runtime: Runtime, run: RunFile, away: readonly KeyRecord[]): Promise<HoldLeft> => {
  const { source, target } = run.request;
  const [wayThere, incidents] = await Promise.all([lookAtHold(runtime, run, 'sweep'), incidentsOf(runtime, run.fleetName)]);
  if (away.length === 0) return NO_HOLD;
  const movedAt = away.reduce((last, record) => Math.max(last, record.verifiedAt ?? record.sentAt ?? 0), 0);
  const inTrouble = (region: Region) => incidents.some((incident) => incident.region === region);
  const awayMs = runtime.clock.now() - movedAt;
  if (inTrouble(source) && !inTrouble(target)) return { holdMs: AWAY_MS_MAX - awayMs, lookEverySeconds: LOOK_EVERY_SECONDS_IN_TROUBLE };
  if (wayThere.kind !== 'held') return NO_HOLD;
  return { holdMs: run.fleet.drill.holdSeconds * 1000 - awayMs, lookEverySeconds: LOOK_EVERY_SECONDS };
};

/** Applications use keys during the hold as well, other ones at each look. */
const useKeysMeanwhile = async (runtime: Runtime, run: RunFile, there: readonly Batch[]): Promise<void> => {
  if (!drillProbes(run)) return;
  const turn = Math.floor(runtime.clock.now() / (LOOK_EVERY_SECONDS * 1000));
  const moved = there.filter(({ records }) => records.some(mayBeAway));
  await Promise.all(
    inTurn(moved, turn, USED_BATCHES_MAX).map(async ({ number }) => {
      const loaded = await loadBatch(runtime, run.runId, number);
      const crypto = await useKeys(runtime, run, inTurn(loaded.batch.records.filter(mayBeAway), turn));
      await saveBatch(runtime, run.runId, loaded, withCrypto(loaded.batch, crypto));
    }),
  );
};
