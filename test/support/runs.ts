import { type Batch, WAY_THERE } from '../../core/batch/batch.ts';
import { type KeyRecord, newRecord } from '../../core/batch/record.ts';
import type { RunRequest } from '../../core/run/request.ts';
import type { RunFile } from '../../functions/frame/run/run-file.ts';
import { fleetWith } from './fleet.ts';
import { ACCOUNT, keyRef, SOURCE, TARGET } from './keys.ts';

/** A failover out of the source into the target, unless told otherwise. */
export const requestWith = (changes: Partial<RunRequest> = {}): RunRequest => ({
  fleet: 'payments',
  operation: 'failover',
  source: SOURCE,
  target: TARGET,
  incident: 'INC-1',
  ...changes,
});

/** The record of key 1, with the fields that a test is about. */
export const recordWith = (changes: Partial<KeyRecord> = {}): KeyRecord => ({ ...newRecord(keyRef()), ...changes });

export const batchWith = (changes: Partial<Batch> = {}): Batch => ({
  number: 1,
  account: ACCOUNT,
  stage: 'rest',
  target: TARGET,
  records: [recordWith()],
  ...changes,
});

export const runWith = (changes: Partial<RunFile> = {}): RunFile => ({
  runId: 'payments-0-1',
  intent: 'payments-0',
  generation: 1,
  request: requestWith(),
  start: 'signal',
  fleetName: 'payments',
  fleet: fleetWith(),
  fence: 1,
  startedAt: 0,
  stages: WAY_THERE,
  batchCount: 1,
  inventoryComplete: true,
  notes: [],
  ...changes,
});
