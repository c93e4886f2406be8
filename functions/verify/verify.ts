import { type Batch, isOverdue, isSweep } from '../../core/batch/batch.ts';
import { nextAfterProof } from '../../core/batch/next.ts';
import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Breaker, withFailedProofs } from '../../core/coordination/breaker.ts';
import { because, PROMOTED } from '../../core/outcome/outcome.ts';
import { replaceItem } from '../frame/item.ts';
import { loadBatch, saveBatch } from '../frame/run/batches.ts';
import { fencedBy } from '../frame/run/fence.ts';
import { isLastInLane } from '../frame/run/last-in-lane.ts';
import { loadRun, type RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { type ProofResult, prove } from './prove.ts';

/**
 * Proves the keys that have moved, and that the parked ones can still be used in the target; writes their outcomes.
 * A proof that nobody answers is tried again until the batch has had its time.
 */
export const verify = async (input: StepInput, unfenced: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(unfenced, input.runId);
  const runtime = fencedBy(unfenced, run);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  const overdue = isOverdue(loaded.batch, runtime.clock.now());
  const last = overdue && isSweep(input.stage);

  const records = await Promise.all(
    loaded.batch.records.map((record) => (isProvable(record) ? proven(runtime, run, loaded.batch, record, last) : record)),
  );
  const { batch } = await saveBatch(runtime, input.runId, loaded, { ...loaded.batch, records });
  await countProofs(runtime, run, loaded.batch, batch);
  return nextAfterProof(batch, { stage: input.stage, isLast: await isLastInLane(runtime, batch), now: runtime.clock.now() });
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
const countProofs = async (runtime: Runtime, run: RunFile, before: Batch, after: Batch): Promise<void> => {
  const fresh = after.records.filter((record, index) => record.outcome !== undefined && before.records[index]?.outcome === undefined);
  const failed = fresh.filter((record) => isAlarming(run, record)).length;
  if (failed === 0) return;
  await replaceItem<Breaker>(runtime, 'breaker', run.runId, (breaker) => withFailedProofs(breaker, failed, after.stage === 'canary'));
};

/** Away from a burning Region a key is better off even where its use is refused; who moves without need stops at that too. */
const isAlarming = ({ request }: RunFile, { proof, outcome }: KeyRecord): boolean =>
  proof === 'failed' || (request.operation !== 'failover' && proof === 'refused' && outcome?.kind === 'unproven');
