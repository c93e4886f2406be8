import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LISTING_MS_MAX, READ_CALL_MS_MAX } from '../../../core/limits.ts';
import { accountId, region } from '../../../core/region.ts';
import { listFleet } from '../../../functions/frame/list-fleet.ts';
import type { KmsFault } from '../../../simulator/faults/kms-fault.ts';
import { ACCOUNT, SOURCE, STARTS_AT } from '../../simulator/kms/kms-world.ts';
import { fleetWith, mrk } from '../../support/fleet.ts';
import { faultOn, refusal, simulated } from '../../support/kms.ts';
import { runtimeWith } from '../../support/runtime.ts';

const fleet = fleetWith({ accounts: [ACCOUNT], keys: { tags: { team: 'pay' } } });

/** Lists a fleet of so many tagged keys in the source. */
const listed = async (count: number, ...faults: readonly KmsFault[]) => {
  const { world, kms } = simulated({ makeFaults: () => faults });
  for (let index = 0; index < count; index += 1) world.key({ keyId: mrk(String(index)), replicas: [], tags: { team: 'pay' } });
  const search = { fleetName: 'payments', fleet, fleets: new Map([['payments', fleet]]), regions: [region(SOURCE)] };
  const list = await world.run(listFleet(runtimeWith({ kms, clock: world.clock }), search, accountId(ACCOUNT), region(SOURCE)));
  assert.ok(list.kind === 'listed');
  return { list, tookMs: world.clock.now() - STARTS_AT };
};

describe('A fleet that is selected by tags', () => {
  it('is listed in full when every key’s tags could be read', async () => {
    const { list } = await listed(120);

    assert.deepEqual([list.keys.length, list.complete, list.keyIdsComplete], [120, true, true]);
  });

  it('is listed as far as its tags can be read in the time of a listing', async () => {
    const { list, tookMs } = await listed(
      500,
      faultOn('ListResourceTags', () => ({ kind: 'slow', totalMs: 5_000 })),
    );

    assert.deepEqual([list.complete, list.keyIds.size, list.keyIdsComplete], [false, 500, true]);
    assert.ok(list.keys.length > 0 && list.keys.length < 500, `${list.keys.length} keys`);
    assert.ok(tookMs < LISTING_MS_MAX + 2 * READ_CALL_MS_MAX, `${tookMs} ms`);
  });

  it('is asked again for the tags that could not be read at first', async () => {
    const { list } = await listed(
      10,
      faultOn('ListResourceTags', (nth) => (nth <= 20 ? refusal('KMSInternalException', 500) : undefined)),
    );

    assert.deepEqual([list.keys.length, list.complete], [10, true]);
  });

  it('is not listed in full when some tags stay unread', async () => {
    const { list } = await listed(
      10,
      faultOn('ListResourceTags', (nth) => (nth % 2 === 0 ? refusal('AccessDeniedException') : undefined)),
    );

    assert.equal(list.keys.length, 9);
    assert.equal(list.complete, false);
  });
});
