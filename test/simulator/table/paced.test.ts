import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { paced } from '../../../simulator/table/paced.ts';

describe('A paced call', () => {
  it('happens half-way through its time', async () => {
    const clock = new VirtualClock(1_000);
    const pace = { clock, random: { uniform: () => 0.5 }, latency: { msMin: 10, msMax: 30 } };

    const happenedAt = await clock.run(paced(pace, () => clock.now()));

    assert.equal(happenedAt, 1_010);
    assert.equal(clock.now(), 1_020);
  });

  it('happens at once without a pace', async () => {
    assert.equal(await paced(undefined, () => 'done'), 'done');
  });

  it('hands on what the call throws', async () => {
    const clock = new VirtualClock(0);
    const pace = { clock, random: { uniform: () => 0 }, latency: { msMin: 1, msMax: 1 } };
    const broken = () => {
      throw new Error('broken');
    };

    await assert.rejects(clock.run(paced(pace, broken)), /broken/);
  });
});
