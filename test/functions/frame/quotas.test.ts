import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Quotas } from '../../../core/ports/quotas.ts';
import { accountId } from '../../../core/region.ts';
import { paceOf, readQuotas } from '../../../functions/frame/quotas.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { fleetWith } from '../../support/fleet.ts';
import { ACCOUNT } from '../../support/keys.ts';
import { runtimeWith } from '../../support/runtime.ts';

const OTHER = accountId('444455556666');
const DAY_MS = 86_400_000;
const fleet = fleetWith({ accounts: [ACCOUNT, OTHER], ratePerSecond: 20 });

/** What a run keeps to so long after the quotas were read. */
const rateAfter = async (ms: number, promotionsPerSecond: Quotas['promotionsPerSecond']): Promise<number> => {
  const clock = new VirtualClock(0);
  const runtime = runtimeWith({ clock, quotas: { promotionsPerSecond } });
  return clock.run(
    (async () => {
      await readQuotas(runtime, 'payments', fleet);
      await clock.sleep(ms);
      return (await paceOf(runtime, 'payments', fleet)).ratePerSecond;
    })(),
  );
};

describe('The quotas of a fleet', () => {
  it('are those of the account that has least', async () =>
    assert.equal(await rateAfter(0, async (account) => (account === OTHER ? 10 : 50)), 8));

  it('are forgotten after a day', async () => assert.equal(await rateAfter(DAY_MS, async () => 5), 20));

  it('that nobody could read leave the fleet file’s word', async () => {
    assert.equal(await rateAfter(0, async () => undefined), 20);
    assert.equal(await rateAfter(0, () => new Promise(() => undefined)), 20);
  });
});
