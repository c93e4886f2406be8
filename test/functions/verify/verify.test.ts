import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Stage } from '../../../core/batch/batch.ts';
import { type Breaker, isOpen } from '../../../core/coordination/breaker.ts';
import { accountId, region } from '../../../core/region.ts';
import type { Operation } from '../../../core/run/operation.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import { verify } from '../../../functions/verify/verify.ts';
import { ACCOUNT, SOURCE, TARGET } from '../../simulator/kms/kms-world.ts';
import { faultOn, refusal, simulated } from '../../support/kms.ts';
import { batchWith, recordWith, requestWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

/** Verifies one moved key whose decryption meets this error, and gives the breaker that it leaves. */
const breakerAfter = async (operation: Operation, stage: Stage, error: string): Promise<Breaker | undefined> => {
  const { world, kms } = simulated({ makeFaults: () => [faultOn('Decrypt', () => refusal(error))] });
  const runtime = runtimeWith({ kms, clock: world.clock });
  const run = runWith({ request: requestWith({ operation }) });
  const record = recordWith({
    account: accountId(ACCOUNT),
    keyId: world.key(),
    phase: 'moved',
    regions: [region(SOURCE), region(TARGET)],
    usage: 'ENCRYPT_DECRYPT',
    spec: 'SYMMETRIC_DEFAULT',
    material: { madeIn: region(SOURCE), ciphertext: 'AAAA' },
  });
  await createRun(runtime, run);
  await createBatches(runtime, run.runId, [batchWith({ stage, records: [record] })]);
  await world.run(verify({ runId: run.runId, stage: 'rest', batch: 1 }, runtime));
  return (await runtime.table.read<Breaker>('breaker', run.runId))?.value;
};

const WRONG = 'InvalidCiphertextException';
const DENIED = 'AccessDeniedException';

describe('A proof that failed', () => {
  it('is counted by the run’s breaker', async () =>
    assert.deepEqual(await breakerAfter('failover', 'rest', WRONG), { proofsFailed: 1, inCanary: 0 }));

  it('in the canary stops the run', async () => assert.equal(isOpen(await breakerAfter('failover', 'canary', WRONG)), true));
});

describe('A proof that KMS refused', () => {
  for (const operation of ['switchover', 'failback', 'drill'] as const)
    it(`counts like one that failed in a ${operation}, which need not be`, async () =>
      assert.deepEqual(await breakerAfter(operation, 'canary', DENIED), { proofsFailed: 1, inCanary: 1 }));

  it('does not hold a failover up', async () => assert.equal(await breakerAfter('failover', 'canary', DENIED), undefined));
});
