import { BATCH_KEYS_MAX } from '../limits.ts';
import type { AccountId, Region } from '../region.ts';
import type { Batch } from './batch.ts';
import type { KeyRecord } from './record.ts';

/**
 * Splits a fleet's keys into batches of one account each: first a canary per account, then the rest, at most 50 keys a batch.
 * The canary takes one key of each kind, as far as the plan's sample knows their specs.
 */
export const split = (records: readonly KeyRecord[], target: Region): Batch[] => {
  const batches: Batch[] = [];
  const add = (stage: 'canary' | 'rest', account: AccountId, some: readonly KeyRecord[], canary?: number): number => {
    const number = batches.length + 1;
    batches.push({ number, account, stage, target, records: some, ...(canary === undefined ? {} : { canary }) });
    return number;
  };
  const accounts = Map.groupBy(records, (record) => record.account);
  const canaries = new Map([...accounts].map(([account, keys]) => [account, oneOfEachKind(keys)]));
  const numbers = new Map([...canaries].map(([account, canary]) => [account, add('canary', account, canary)]));
  for (const [account, keys] of accounts) {
    const canary = new Set(canaries.get(account));
    const rest = keys.filter((record) => !canary.has(record));
    for (let from = 0; from < rest.length; from += BATCH_KEYS_MAX)
      add('rest', account, rest.slice(from, from + BATCH_KEYS_MAX), numbers.get(account));
  }
  return batches;
};

/** How many kinds a canary covers at most. */
const CANARY_KINDS_MAX = 10;

const oneOfEachKind = (records: readonly KeyRecord[]): KeyRecord[] => {
  const sampled = records.filter((record) => record.spec !== undefined);
  const kinds = Map.groupBy(sampled.length > 0 ? sampled : records, (record) => record.spec);
  return [...kinds.values()].slice(0, CANARY_KINDS_MAX).flatMap((some) => some.slice(0, 1));
};
