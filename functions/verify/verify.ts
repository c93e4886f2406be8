import { type Batch, isOverdue, isSweep } from '../../core/batch/batch.ts';
import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Breaker, withFailedProofs } from '../../core/coordination/breaker.ts';
import { because, PROMOTED } from '../../core/outcome/outcome.ts';
import { loadBatch, saveBatch } from '../frame/batches.ts';
import { changeItem } from '../frame/item.ts';
import { loadRun, type RunFile } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { type ProofResult, prove } from './prove.ts';

const AGAIN_SECONDS = 3;

/**
 * Proves the keys that have moved, and that the parked ones can still be used in the target; writes their outcomes.
 * A proof that nobody answers is tried again until the batch has had its time.
 */
export const verify = async (input: StepInput, runtime: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  const overdue = isOverdue(loaded.batch, runtime.clock.now());
  const last = overdue && isSweep(input.stage);

  const records = await Promise.all(
    loaded.batch.records.map((record) => (isProvable(record) ? proven(runtime, run, loaded.batch, record, last) : record)),
  );
  const { batch } = await saveBatch(runtime, input.runId, loaded, { ...loaded.batch, records });
  await countProofs(runtime, run, input, loaded.batch.records, batch.records);
  return answer(batch, overdue, input);
};

const isProvable = (record: KeyRecord): boolean => record.phase === 'moved' || record.phase === 'parked';

const proven = async (runtime: Runtime, run: RunFile, batch: Batch, record: KeyRecord, last: boolean): Promise<KeyRecord> => {
  const result: ProofResult =
    run.fleet.proof === 'none'
      ? { proof: 'by-policy', provenIn: [] }
      : await prove(runtime, record, batch.target, run.fleet.proof === 'signatures');
  const told: KeyRecord = { ...record, proof: result.proof, provenIn: result.provenIn };
  if (record.phase === 'parked') return concluded(told, because(record.obstacle ?? 'UNREADABLE'), record.detail ?? result.detail);
  const verifiedAt = runtime.clock.now();
  switch (result.proof) {
    case 'proven':
      return concluded({ ...told, verifiedAt }, PROMOTED);
    case 'by-policy':
      return concluded(told, because('BY_POLICY'));
    case 'failed':
      return concluded(told, because('PROOF_FAILED'), result.detail);
    case 'refused':
      return concluded(told, because('PROOF_REFUSED'), result.detail);
    case 'unanswered':
    case 'not-tried':
      return last ? concluded(told, because('PROOF_UNANSWERED'), result.detail) : told;
  }
};

/** Failed proofs feed the run's breaker; a run in which none fails writes nothing. */
const countProofs = async (
  runtime: Runtime,
  run: RunFile,
  { stage }: StepInput,
  before: readonly KeyRecord[],
  after: readonly KeyRecord[],
): Promise<void> => {
  const fresh = after.filter((record, index) => record.outcome !== undefined && before[index]?.outcome === undefined);
  const failed = fresh.filter((record) => isAlarming(run, record)).length;
  if (failed === 0) return;
  await changeItem<Breaker, void>(runtime, 'breaker', run.runId, (breaker) => ({
    store: withFailedProofs(breaker, failed, stage === 'canary'),
    answer: undefined,
  }));
};

/** Away from a burning Region a key is better off even where its use is refused; who moves without need stops at that too. */
const isAlarming = ({ request }: RunFile, { proof, outcome }: KeyRecord): boolean =>
  proof === 'failed' || (request.operation !== 'failover' && proof === 'refused' && outcome?.kind === 'unproven');

const answer = (batch: Batch, overdue: boolean, input: StepInput): StepAnswer => {
  const has = (phase: KeyRecord['phase']) => batch.records.some((record) => record.phase === phase);
  if (overdue && !isSweep(input.stage)) return { next: 'done', waitSeconds: 0 };
  if (has('sent') || has('moved') || has('parked')) return { next: 'poll', waitSeconds: AGAIN_SECONDS };
  if (has('new') || has('ready')) return { next: 'precheck', waitSeconds: 1 };
  return { next: 'done', waitSeconds: 0 };
};
