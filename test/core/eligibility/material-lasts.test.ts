import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { materialLasts } from '../../../core/eligibility/material-lasts.ts';
import { readingsOf, SOURCE, TARGET, viewOf } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

const UNTIL = Date.UTC(2026, 9, 21, 8);
const expiring = (source: number | undefined, target: number | undefined) =>
  readingsOf({
    [SOURCE]: viewOf(SOURCE, source === undefined ? {} : { materialExpiresAt: source }),
    [TARGET]: viewOf(TARGET, target === undefined ? {} : { materialExpiresAt: target }),
  });
const inTarget = { regions: [TARGET], until: UNTIL };

describe('The rule on imported key material', () => {
  it('passes material that lasts, that never expires, or of which it was not asked', () => {
    for (const [readings, materialNeeded] of [
      [expiring(undefined, undefined), inTarget],
      [expiring(undefined, UNTIL), inTarget],
      [expiring(UNTIL - 1, UNTIL), inTarget],
      [expiring(0, 0), 'not-asked'],
    ] as const)
      assert.deepEqual(materialLasts(observationWith({ readings, materialNeeded })), { kind: 'pass' });
  });

  it('refuses material that expires before the end of the operation’s horizon, in each Region where it is needed', () => {
    assert.deepEqual(materialLasts(observationWith({ readings: expiring(undefined, UNTIL - 1000), materialNeeded: inTarget })), {
      kind: 'refuse',
      reason: 'MATERIAL_EXPIRES',
      detail: 'in us-west-2 at 2026-10-21T07:59:59Z, and it is needed there until 2026-10-21T08:00:00Z',
    });
    const both = { regions: [TARGET, SOURCE], until: UNTIL };
    const verdict = materialLasts(observationWith({ readings: expiring(UNTIL - 1, undefined), materialNeeded: both }));
    assert.equal(verdict.kind === 'refuse' && verdict.reason, 'MATERIAL_EXPIRES');
  });
});
