import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Probe } from '../../../core/verdict/probe.ts';
import { healthySince, PROBES_MAX, type ProbeWindow, WINDOW_MS, watched, withProbes, withWindows } from '../../../core/verdict/window.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';

const MINUTE_MS = 60_000;
const probe = (at: number, latencyMs = 100): Probe => ({ at, result: 'answered', latencyMs });

describe('A window of probes', () => {
  it('forgets what is too old, and keeps so many of the last', () => {
    const old = withProbes(undefined, [probe(0), probe(1)], 1);

    assert.deepEqual(withProbes(old, [probe(WINDOW_MS + 1)], WINDOW_MS + 1).probes, [probe(1), probe(WINDOW_MS + 1)]);
    const many = Array.from({ length: PROBES_MAX + 5 }, (_, index) => probe(index));
    assert.deepEqual(withProbes(undefined, many, 100).probes, many.slice(5));
  });

  it('of one Region does not touch those of the others', () => {
    const windows = withWindows(undefined, new Map([[SOURCE, { probes: [probe(1)] }]]));

    assert.deepEqual(withWindows(windows, new Map([[TARGET, { probes: [] }]])).regions, {
      [SOURCE]: { probes: [probe(1)] },
      [TARGET]: { probes: [] },
    });
  });
});

describe('A Region is healthy since', () => {
  const empty: ProbeWindow = { probes: [probe(0)] };

  it('the first of the looks in a row that found it so', () => {
    const twice = watched(watched(empty, true, 1_000), true, 1_000 + MINUTE_MS);

    assert.equal(healthySince(twice, 1_000 + MINUTE_MS), 1_000);
  });

  it('no time at all once a look finds it otherwise, or when nobody has looked for five minutes', () => {
    const well = watched(empty, true, 1_000);

    assert.equal(healthySince(watched(well, false, 2_000), 2_000), undefined);
    assert.equal(healthySince(well, 1_000 + 5 * MINUTE_MS), 1_000);
    assert.equal(healthySince(well, 1_001 + 5 * MINUTE_MS), undefined);
    assert.equal(healthySince(undefined, 0), undefined);
  });

  it('the look after a gap in which it was not looked at', () => {
    const again = watched(watched(empty, true, 1_000), true, 1_000 + 6 * MINUTE_MS);

    assert.equal(healthySince(again, 1_000 + 6 * MINUTE_MS), 1_000 + 6 * MINUTE_MS);
  });
});

describe('The baseline', () => {
  it('is the median of the first healthy look, and follows slowly', () => {
    const first = watched({ probes: [probe(0, 80), probe(0, 100), probe(0, 900)] }, true, 0);
    const later = watched({ ...first, probes: [probe(1, 200)] }, true, 1);

    assert.equal(first.baselineMs, 100);
    assert.equal(later.baselineMs, 110);
  });

  it('is not learnt from a Region in trouble, nor from write probes', () => {
    assert.equal(watched({ probes: [probe(0, 5_000)] }, false, 0).baselineMs, undefined);
    assert.equal(watched({ probes: [probe(0, 100), { ...probe(0, 900), write: true }] }, true, 0).baselineMs, 100);
  });
});
