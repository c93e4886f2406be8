import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyRef } from '../../../core/key/key.ts';
import type { Region } from '../../../core/region.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import { storeInventory } from '../../../functions/frame/keys/stored-inventory.ts';
import { loadAllBatches } from '../../../functions/frame/run/batches.ts';
import { loadRun } from '../../../functions/frame/run/run-file.ts';
import { plan } from '../../../functions/plan/plan.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { executionsWith } from '../../support/executions.ts';
import { ACCOUNT, keyRef, SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { runtimeWith } from '../../support/runtime.ts';

const HOUR_MS = 3_600_000;
const REGIONS = [SOURCE, TARGET, THIRD];
const KNOWN = ['1', '2', '3'].map((digits) => keyRef(digits));
const NEW = keyRef('4');

/** Makes the plan of a run in a fleet that was listed so long ago, and tells in which order KMS was asked, and for which keys the plan is. */
const planned = async (operation: 'failover' | 'switchover', listedMsAgo: number, selection?: string) => {
  const clock = new VirtualClock(Date.parse('2026-10-20T08:00:00Z'));
  const { kms: plain } = plainKms([...KNOWN, NEW], REGIONS);
  const asked: string[] = [];
  const probed = Promise.withResolvers<void>();
  const isYoung = operation === 'failover' && listedMsAgo < 2 * HOUR_MS && selection === undefined;
  const kms = {
    ...plain,
    listKeys: async (...place: Parameters<typeof plain.listKeys>) => {
      asked.push('listing begins');
      // Where the plan waits for the listing first, this test does not end.
      if (isYoung) await probed.promise;
      asked.push('listing ends');
      return plain.listKeys(...place);
    },
    probe: async (key: KeyRef & { readonly region: Region }) => {
      asked.push('probe');
      probed.resolve();
      return plain.probe(key);
    },
  };
  const runtime = runtimeWith({ clock, kms, executions: executionsWith().executions });
  const payments = { accounts: [ACCOUNT], keys: { all: true }, home: SOURCE, standbys: [TARGET, THIRD] };
  await runtime.store.put(FLEET_FILE, JSON.stringify({ fleets: { payments } }));
  const listedAt = Object.fromEntries(REGIONS.map((region) => [`${ACCOUNT}/${region}`, clock.now() - listedMsAgo]));
  await storeInventory(runtime, 'payments', { selection, keys: KNOWN, notFound: [], listedAt, ofNoFleet: undefined });
  const request = { fleet: 'payments', operation, target: TARGET, reason: 'INC-1' };
  await plan({ runId: 'run-1', request, startedAt: new Date(clock.now()).toISOString() }, runtime);
  const batches = await loadAllBatches(runtime, await loadRun(runtime, 'run-1'));
  const keyIds = batches.flatMap(({ records }) => records.map(({ keyId }) => keyId)).toSorted();
  return { firstProbe: asked.indexOf('probe'), firstEnd: asked.indexOf('listing ends'), keyIds };
};

describe('A fleet that was listed in full within two hours', () => {
  it('is judged before a failover by the keys that were found then, while others are looked for, and moved with these', async () => {
    const { firstProbe, firstEnd, keyIds } = await planned('failover', HOUR_MS);

    assert.ok(firstProbe < firstEnd);
    assert.deepEqual(keyIds, [...KNOWN, NEW].map(({ keyId }) => keyId).toSorted());
  });

  it('is listed first before an operation that has time', async () => {
    const { firstProbe, firstEnd } = await planned('switchover', HOUR_MS);

    assert.ok(firstEnd < firstProbe);
  });
});

it('A fleet that was listed longer ago is listed first before a failover too', async () => {
  const { firstProbe, firstEnd } = await planned('failover', 3 * HOUR_MS);

  assert.ok(firstEnd < firstProbe);
});

it('A fleet that was listed by another fleet file is listed first before a failover too', async () => {
  const { firstProbe, firstEnd } = await planned('failover', HOUR_MS, 'of an older file');

  assert.ok(firstEnd < firstProbe);
});
