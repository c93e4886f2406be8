import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountId, region } from '../../../core/region.ts';
import { createBatches, loadBatch } from '../../../functions/frame/run/batches.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import { poll } from '../../../functions/poll/poll.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { ACCOUNT, type KmsWorld, SOURCE, TARGET, THIRD } from '../../simulator/kms/kms-world.ts';
import { failing, keyRef, viewOf } from '../../support/keys.ts';
import { simulated } from '../../support/kms.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { batchWith, recordWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

const regions = [SOURCE, TARGET, THIRD].map(region);
const VISIBLE_MS = 20_000;

/** Polls a batch of one key that was called for so long ago, after somebody did something to it. */
const polled = async (msAgo: number, meanwhile: (world: KmsWorld, keyId: string) => Promise<unknown>) => {
  const { world, kms } = simulated();
  const keyId = world.key({ replicas: [TARGET, THIRD] });
  await meanwhile(world, keyId);
  const runtime = runtimeWith({ kms, clock: world.clock });
  const run = runWith();
  const record = recordWith({
    keyId,
    account: accountId(ACCOUNT),
    phase: 'sent',
    origin: region(SOURCE),
    primary: region(SOURCE),
    regions,
  });
  await createRun(runtime, run);
  await createBatches(runtime, run.runId, [batchWith({ records: [{ ...record, attempts: 1, sentAt: world.clock.now() - msAgo }] })]);
  await world.run(poll({ runId: run.runId, stage: 'rest', batch: 1 }, runtime));
  return (await loadBatch(runtime, run.runId, 1)).batch.records[0];
};

const movedTo = (target: string) => async (world: KmsWorld, keyId: string) => {
  await world.promote(keyId, SOURCE, target);
  await world.pass(120_000);
};
const leftAlone = async () => undefined;

describe('A key that was called for', () => {
  it('has moved when every Region shows its primary in the target', async () =>
    assert.equal((await polled(VISIBLE_MS, movedTo(TARGET)))?.phase, 'moved'));

  it('is looked at anew when no Region shows an effect after 20 s, and not before', async () => {
    assert.equal((await polled(VISIBLE_MS / 2, leftAlone))?.phase, 'sent');
    assert.equal((await polled(VISIBLE_MS, leftAlone))?.phase, 'new');
  });

  it('is looked at anew too when somebody else moved it to a third Region meanwhile', async () =>
    assert.equal((await polled(VISIBLE_MS, movedTo(THIRD)))?.phase, 'new'));
});

it('A canary under way is watched for ten seconds and a last look, although a Region leaves each look without an answer', async () => {
  const clock = new VirtualClock(0);
  const { kms: plain } = plainKms([keyRef()], regions);
  const describe: typeof plain.describe = async (place) => {
    await clock.sleep(place.region === THIRD ? 9_000 : 100);
    return place.region === THIRD ? failing('unreachable') : viewOf(place.region, { state: 'Updating' });
  };
  const runtime = runtimeWith({ kms: { ...plain, describe }, clock });
  const run = runWith();
  const record = recordWith({ ...keyRef(), phase: 'sent', origin: region(SOURCE), primary: region(SOURCE), regions, sentAt: 0 });
  await createRun(runtime, run);
  await createBatches(runtime, run.runId, [batchWith({ stage: 'canary', records: [record] })]);

  const tookMs = await clock.run(
    (async () => {
      await poll({ runId: run.runId, stage: 'rest', batch: 1 }, runtime);
      return clock.now();
    })(),
  );

  assert.ok(tookMs >= 10_000 && tookMs <= 14_000, `${tookMs} ms`);
});

it('A key under way is looked at twice also beside one that was found before and not proven yet', async () => {
  const clock = new VirtualClock(0);
  const { kms: plain } = plainKms([keyRef('1'), keyRef('2')], regions);
  const describe: typeof plain.describe = async (place) => viewOf(place.region, { primaryRegion: region(TARGET), regions });
  const runtime = runtimeWith({ kms: { ...plain, describe }, clock });
  const run = runWith();
  const sent = (digits: string) => recordWith({ ...keyRef(digits), phase: 'sent', origin: region(SOURCE), regions, sentAt: 0 });
  await createRun(runtime, run);
  await createBatches(runtime, run.runId, [batchWith({ stage: 'sweep', records: [{ ...sent('1'), phase: 'moved' }, sent('2')] })]);

  await clock.run(poll({ runId: run.runId, stage: 'sweep', batch: 1 }, runtime));

  const { batch } = await loadBatch(runtime, run.runId, 1);
  assert.deepEqual(
    batch.records.map(({ phase }) => phase),
    ['moved', 'moved'],
  );
});
