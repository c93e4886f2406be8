import { keyName } from '../key/key.ts';
import { type Batch, isSweep, type Sweep } from './batch.ts';
import { bundled } from './bundled.ts';
import type { KeyRecord } from './record.ts';

/** Batches of the sweeps are numbered from here, beyond any plan, so that none is taken for what a plan that died left behind. */
const NUMBERS_FROM = { sweep: 500_001, 'back-sweep': 1_500_001 } as const;

const isOnWay = (batch: Batch, sweep: Sweep): boolean =>
  sweep === 'sweep' ? batch.stage === 'canary' || batch.stage === 'rest' : batch.stage === 'back';

/** Keys that are still to be called for come first, since they take longest. */
const isCalled = ({ phase }: KeyRecord): number => Number(phase !== 'new' && phase !== 'ready');

/**
 * The batches of a sweep: every key of its way without an outcome, as it was left, close together. A few stragglers of each of
 * many batches become one batch. The same batches give the same sweep, so that whoever finds a part of it written can write the rest. Pure.
 */
export const leftovers = (batches: readonly Batch[], sweep: Sweep): Batch[] => {
  const left = batches
    .filter((batch) => isOnWay(batch, sweep))
    .flatMap(({ target, records }) => records.filter(({ outcome }) => outcome === undefined).map((record) => ({ record, target })))
    .toSorted((a, b) => isCalled(a.record) - isCalled(b.record));
  return bundled(left, sweep, NUMBERS_FROM[sweep]);
};

/**
 * A run's batches, each key as far as it has come: what a sweep made of a key stands with the batch that the key was planned in, and the
 * sweep's own batches are empty. Pure.
 */
export const swept = (batches: readonly Batch[]): Batch[] => {
  const later = (sweep: Sweep) =>
    new Map(
      batches.filter(({ stage }) => stage === sweep).flatMap(({ records }) => records.map((record) => [keyName(record), record] as const)),
    );
  const [there, back] = [later('sweep'), later('back-sweep')];
  return batches.map((batch) => {
    if (isSweep(batch.stage)) return { ...batch, records: [] };
    const found = batch.stage === 'back' ? back : there;
    return { ...batch, records: batch.records.map((record) => lastOf(record, found.get(keyName(record)))) };
  });
};

/** A sweep that gave the key no outcome speaks only where nobody else gave it one since, as whoever closes a dead run does. */
const lastOf = (left: KeyRecord, later: KeyRecord | undefined): KeyRecord =>
  later === undefined || (later.outcome === undefined && left.outcome !== undefined) ? left : later;
