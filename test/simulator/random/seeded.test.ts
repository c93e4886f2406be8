import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Seeded } from '../../../simulator/random/seeded.ts';

const drawn = (random: Seeded, count: number): number[] => Array.from({ length: count }, () => random.uniform());

describe('Chance from a seed', () => {
  it('is the same for the same seed and another for another', () => {
    assert.deepEqual(drawn(new Seeded(7), 20), drawn(new Seeded('7'), 20));
    assert.notDeepEqual(drawn(new Seeded(7), 20), drawn(new Seeded(8), 20));
  });

  it('has a stream for each label that does not shift when another is drawn from', () => {
    const random = new Seeded('world');
    const before = drawn(random.stream('settling'), 10);
    drawn(random.stream('latency'), 1_000);
    drawn(random, 1_000);

    assert.deepEqual(drawn(random.stream('settling'), 10), before);
    assert.notDeepEqual(drawn(random.stream('latency'), 10), before);
  });

  it('stays within its bounds', () => {
    const random = new Seeded(1);
    const values = Array.from({ length: 5_000 }, () => random.between(40, 250));

    assert.ok(values.every((value) => value >= 40 && value < 250));
  });

  it('draws log-normal times with the median and the 99th percentile asked for', () => {
    const random = new Seeded(1);
    const times = Array.from({ length: 20_000 }, () => random.logNormal(5, 25)).toSorted((a, b) => a - b);

    assert.ok(Math.abs((times[10_000] ?? 0) - 5) < 0.2, `median ${times[10_000]}`);
    assert.ok(Math.abs((times[19_800] ?? 0) - 25) < 2, `p99 ${times[19_800]}`);
  });

  it('gives as many hexadecimal digits as are asked for', () => {
    assert.match(new Seeded(1).hex(32), /^[0-9a-f]{32}$/);
    assert.match(new Seeded(1).hex(5), /^[0-9a-f]{5}$/);
  });

  it('picks every choice in time, and refuses to pick from none', () => {
    const random = new Seeded(1);

    assert.deepEqual(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c']))), new Set(['a', 'b', 'c']));
    assert.throws(() => random.pick([]), { name: 'RangeError', message: 'Cannot pick from no choices.' });
  });
});
