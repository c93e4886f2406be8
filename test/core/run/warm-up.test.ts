import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isWarmUp, WARM_UP } from '../../../core/run/warm-up.ts';

test('a warm-up is known as it comes off the wire', () => {
  assert.ok(isWarmUp(JSON.parse(JSON.stringify(WARM_UP))));
});

test('the input of a step is never taken for a warm-up, whatever else it holds', () => {
  for (const event of [{ runId: 'run' }, { runId: 'run', warmUp: true }, { warmUp: 'true' }, {}, null, 'warmUp'])
    assert.equal(isWarmUp(event), false, JSON.stringify(event));
});
