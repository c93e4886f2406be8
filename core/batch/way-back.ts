import type { Region } from '../region.ts';
import type { Batch } from './batch.ts';
import { bundled } from './bundled.ts';
import { type KeyRecord, newRecord } from './record.ts';

/** Batches of a way back are numbered from here, beyond any plan: so none is ever taken for what a plan that died left behind. */
const NUMBERS_FROM = 1_000_001;

/** Whether a drill's call may have moved the key: what it called for, and whatever it found moved. */
export const mayBeAway = (record: KeyRecord): boolean =>
  record.attempts > 0 || record.outcome?.kind === 'promoted' || record.outcome?.kind === 'unproven';

/**
 * The batches that bring a drill's keys home, each key to where it came from. The same records give the same batches, so
 * whoever finds only some of them written can write the others. Pure.
 * @param home where a key goes whose origin nobody saw
 * @param away where the drill took them
 */
export const wayBack = (records: readonly KeyRecord[], home: Region, away: Region): Batch[] =>
  bundled(
    records.map((record) => ({ record: returning(record, away), target: record.origin ?? home })),
    'back',
    NUMBERS_FROM,
  );

/** A key on its way back. One that may be away is taken to come from there, so that finding it at home is looked at twice and proven. */
const returning = (record: KeyRecord, away: Region): KeyRecord => ({
  ...newRecord(record),
  regions: record.regions,
  notes: record.notes,
  ...(record.spec === undefined ? {} : { spec: record.spec }),
  ...(mayBeAway(record) ? { origin: away } : {}),
});
