import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FailureCode } from '../../../core/key/failure.ts';
import { probeResult } from '../../../core/verdict/probe.ts';
import { failing, SOURCE, viewOf } from '../../support/keys.ts';

const results: ReadonlyArray<readonly [FailureCode, ReturnType<typeof probeResult>]> = [
  ['unreachable', 'failed'],
  ['internal', 'failed'],
  ['throttled', 'throttled'],
  ['denied', 'denied'],
  ['our-credentials', 'own-error'],
  ['refused', 'own-error'],
  ['not-found', 'answered'],
  ['disabled', 'answered'],
  ['not-primary', 'answered'],
  ['updating', 'answered'],
];

describe('A probe', () => {
  for (const [code, result] of results)
    it(`that ends as ${code} counts as ${result}`, () => assert.equal(probeResult(failing(code)), result));

  it('that is answered counts as answered', () => {
    assert.equal(probeResult(viewOf(SOURCE)), 'answered');
    assert.equal(probeResult({ kind: 'accepted' }), 'answered');
  });
});
