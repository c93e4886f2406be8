import assert from 'node:assert/strict';
import { it } from 'node:test';
import { stopFor } from '../../../core/decision/history.ts';

it('A stop ends what was started before it or at the same moment, and nothing that is started later', () => {
  const stopped = { by: 'alice', at: 1_000, reason: 'the wrong day' };

  assert.deepEqual(
    [999, 1_000, 1_001].map((startedAt) => stopFor({ stopped }, startedAt)?.by),
    ['alice', 'alice', undefined],
  );
  assert.equal(stopFor({}, 0), undefined);
  assert.equal(stopFor(undefined, 0), undefined);
});
