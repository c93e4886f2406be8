import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomesOf, primariesBy, tell } from '../../support/stories.ts';

const KEYS = 25;
const PASSING = ['throttle', 'lost-reply', 'stale-reads', 'slow-updating', 'degraded', 'function-crash'] as const;

/** The fault alone, and with each of those behind it: every one and every pair once. */
const alone = PASSING.map((fault) => [fault]);
const pairs = PASSING.flatMap((first, index) => PASSING.slice(index + 1).map((second) => [first, second]));

for (const faults of [...alone, ...pairs]) {
  test(`every key is promoted in spite of ${faults.join(' and ')}, and each strikes at least once per 50 keys`, async () => {
    const { figures, world } = await tell({ faults, keys: KEYS });

    assert.deepEqual(outcomesOf(figures), { promoted: KEYS });
    assert.equal(figures.result, 'moved');
    assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
    for (const fault of faults)
      assert.ok((figures.faultsStruck[fault] ?? 0) >= Math.ceil(KEYS / 50), `${fault} struck ${figures.faultsStruck[fault]} times`);
  });
}

for (const { fault, reason } of [
  { fault: 'disabled-replicas', reason: 'TARGET_DISABLED' },
  { fault: 'missing-replicas', reason: 'NO_REPLICA' },
  { fault: 'denied-target', reason: 'DENIED_TARGET' },
]) {
  test(`${fault} leaves exactly the affected keys ineligible for ${reason}, moves the rest, and the execution is not green`, async () => {
    const { figures, world } = await tell({ faults: [fault], keys: 100 });

    assert.deepEqual(outcomesOf(figures), { promoted: 93, ineligible: 7 });
    assert.deepEqual(figures.reasons, { [reason]: 7 });
    assert.equal(figures.result, 'partly');
    assert.equal(figures.runs[0]?.status, 'FAILED');
    const file = await world.clock.run(world.store.get(`evidence/${figures.runId}/keys.jsonl`));
    const lines = (file?.body ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const told = lines.filter(({ outcome }) => outcome === 'ineligible').map(({ keyId }) => keyId);
    const affected = world.kms.truth().keys.filter(({ regions }) => {
      const target = regions['us-west-2'];
      return target === undefined || target.state === 'Disabled' || target.denied.length > 0;
    });
    assert.deepEqual(told.toSorted(), affected.map(({ keyId }) => keyId).toSorted());
  });
}

test('an execution that is stopped half-way is finished from the stores alone by the next run, which proves every key', async () => {
  const { figures, world } = await tell({ faults: ['abort'], keys: 100 });

  assert.deepEqual(
    figures.runs.map(({ status, result }) => ({ status, result })),
    [
      { status: 'ABORTED', result: 'no-report' },
      { status: 'SUCCEEDED', result: 'moved' },
    ],
  );
  assert.deepEqual(outcomesOf(figures), { promoted: 100 });
  assert.equal(figures.calls.UpdatePrimaryRegion, 100);
  assert.equal(figures.faultsStruck.abort, 1);
  assert.deepEqual(primariesBy(world), { 'us-west-2': 100 });
});
