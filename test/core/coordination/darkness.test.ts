import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Darkness, isDark, observedDarkness, patienceIsOver, VERDICT_MS } from '../../../core/coordination/darkness.ts';

/** A fleet’s patience, as the fleet file has it by default. */
const PATIENCE_MS = 120_000;
const T = 1_000_000;
const dark: Darkness = { since: T, seenAt: T, over: false };

describe('A dark Region', () => {
  it('begins with the first look that found nobody there', () => assert.deepEqual(observedDarkness(undefined, true, T), dark));

  it('spares the others the look for as long as the verdict stands', () => {
    assert.equal(isDark(undefined, T), false);
    assert.equal(isDark(dark, T + VERDICT_MS - 1), true);
    assert.equal(isDark(dark, T + VERDICT_MS), false);
  });

  it('stays one stretch of darkness when it is confirmed in time', () => {
    assert.deepEqual(observedDarkness(dark, true, T + 40_000), { since: T, seenAt: T + 40_000, over: false });
  });

  it('stays one stretch for as long as somebody confirms it in time', () => {
    let stretch: Darkness | undefined = dark;
    for (let ms = 100_000; ms <= 500_000; ms += 100_000) stretch = observedDarkness(stretch, true, T + ms);

    assert.deepEqual(stretch, { since: T, seenAt: T + 500_000, over: false });
  });

  it('begins a new stretch when nobody looked for two minutes', () => {
    assert.deepEqual(observedDarkness(dark, true, T + 119_999), { since: T, seenAt: T + 119_999, over: false });
    assert.deepEqual(observedDarkness(dark, true, T + 120_000), { since: T + 120_000, seenAt: T + 120_000, over: false });
  });

  it('has been waited for long enough when the fleet’s patience is over, counted from the beginning of the stretch', () => {
    const confirmed = observedDarkness(dark, true, T + 100_000);

    assert.equal(patienceIsOver(undefined, T + PATIENCE_MS, PATIENCE_MS), false);
    assert.equal(patienceIsOver(confirmed, T + PATIENCE_MS - 1, PATIENCE_MS), false);
    assert.equal(patienceIsOver(confirmed, T + PATIENCE_MS, PATIENCE_MS), true);
  });

  it('is over as soon as one look is answered, for verdict and patience alike', () => {
    const over = observedDarkness(dark, false, T + 5_000);

    assert.deepEqual(over, { since: T, seenAt: T + 5_000, over: true });
    assert.equal(isDark(over, T + 5_001), false);
    assert.equal(patienceIsOver(over, T + PATIENCE_MS, PATIENCE_MS), false);
  });

  it('that went dark again is waited for anew', () => {
    const over = observedDarkness(dark, false, T + 5_000);

    assert.deepEqual(observedDarkness(over, true, T + 6_000), { since: T + 6_000, seenAt: T + 6_000, over: false });
  });
});

describe('A Region that answers', () => {
  it('gives nothing to tell when nobody said otherwise, so that a healthy run writes nothing', () => {
    assert.equal(observedDarkness(undefined, false, T), undefined);
    assert.equal(observedDarkness({ ...dark, over: true }, false, T), undefined);
  });
});
