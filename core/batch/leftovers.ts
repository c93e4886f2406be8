import { BATCH_KEYS_MAX } from '../limits.ts';
import type { Batch } from './batch.ts';
import type { KeyRecord } from './record.ts';

/** Batches of the sweeps are numbered from here, beyond any plan, so that none is taken for what a plan that died left behind. */
const NUMBERS_FROM = { sweep: 500_001, 'back-sweep': 1_500_001 } as const;

type Sweep = keyof typeof NUMBERS_FROM;

const isOnWay = (batch: Batch, sweep: Sweep): boolean =>
  sweep === 'sweep' ? batch.stage === 'canary' || batch.stage === 'rest' : batch.stage === 'back';

const nameOf = ({ account, keyId }: KeyRecord): string => `${account}/${keyId}`;

/** Keys that are still to be called for come first, since they take longest. */
const isCalled = ({ phase }: KeyRecord): number => Number(phase !== 'new' && phase !== 'ready');

/**
 * The batches of a sweep: every key of its way without an outcome, as it was left, close together. A few stragglers of each of
 * many batches become one batch. The same batches give the same sweep, so that whoever finds a part of it written can write the rest. Pure.
 */
export const leftovers = (batches: readonly Batch[], sweep: Sweep): Batch[] => {
  const made: Batch[] = [];
  const left = batches
    .filter((batch) => isOnWay(batch, sweep))
    .flatMap(({ account, target, records }) =>
      records.filter(({ outcome }) => outcome === undefined).map((record) => ({ account, target, record })),
    )
    .toSorted((a, b) => isCalled(a.record) - isCalled(b.record));
  for (const some of Map.groupBy(left, ({ account, target }) => `${account}/${target}`).values()) {
    for (let from = 0; from < some.length; from += BATCH_KEYS_MAX) {
      const part = some.slice(from, from + BATCH_KEYS_MAX);
      const [first] = part;
      if (first === undefined) continue;
      const { account, target } = first;
      made.push({ number: NUMBERS_FROM[sweep] + made.length, account, stage: sweep, target, records: part.map(({ record }) => record) });
    }
  }
  return made;
};

/**
 * A run's batches, each key as far as it has come: what a sweep made of a key stands with the batch that the key was planned in, and the
 * sweep's own batches are empty. Pure.
 */
export const swept = (batches: readonly Batch[]): Batch[] => {
  const later = (sweep: Sweep) =>
    new Map(
      batches.filter(({ stage }) => stage === sweep).flatMap(({ records }) => records.map((record) => [nameOf(record), record] as const)),
    );
  const [there, back] = [later('sweep'), later('back-sweep')];
  return batches.map((batch) => {
    if (batch.stage === 'sweep' || batch.stage === 'back-sweep') return { ...batch, records: [] };
    const found = batch.stage === 'back' ? back : there;
    return { ...batch, records: batch.records.map((record) => lastOf(record, found.get(nameOf(record)))) };
  });
};

/** A sweep that gave the key no outcome speaks only where nobody else gave it one since, as whoever closes a dead run does. */
const lastOf = (left: KeyRecord, later: KeyRecord | undefined): KeyRecord =>
  later === undefined || (later.outcome === undefined && left.outcome !== undefined) ? left : later;
