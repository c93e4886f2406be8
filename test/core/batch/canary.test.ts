import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canaryHasBegun, canaryHasSpoken, canarySpeaksAt } from '../../../core/batch/canary.ts';
import type { KeyRecord } from '../../../core/batch/record.ts';
import { batchWith, recordWith } from '../../support/runs.ts';

const T = 1_000_000;
const canaryOf = (...records: ReadonlyArray<Partial<KeyRecord>>) =>
  batchWith({ stage: 'canary', opened: { stage: 'rest', at: T }, records: records.map(recordWith) });
const sent = { phase: 'sent', sentAt: T } as const;
const done = { phase: 'done' } as const;

describe('A canary', () => {
  it('has spoken when each of its keys has its outcome', () => assert.equal(canaryHasSpoken(canaryOf(done, done), T, T), true));

  it('has not spoken while a key is still to be called for', () =>
    assert.equal(canaryHasSpoken(canaryOf({ phase: 'ready' }, done), T, T + 39_999), false));

  it('is waited for six seconds after its last call, once a key is proven', () => {
    assert.equal(canaryHasSpoken(canaryOf(done, sent), T, T + 5_999), false);
    assert.equal(canaryHasSpoken(canaryOf(done, sent), T, T + 6_000), true);
  });

  it('is waited for nine seconds for the first proof', () => {
    assert.equal(canaryHasSpoken(canaryOf({ phase: 'moved', sentAt: T }), T, T + 8_999), false);
    assert.equal(canaryHasSpoken(canaryOf({ phase: 'moved', sentAt: T }), T, T + 9_000), true);
  });

  it('says nothing of the others where something stands in the way of its keys', () =>
    assert.equal(canaryHasSpoken(canaryOf({ phase: 'new', obstacle: 'THROTTLED' }, { phase: 'parked' }), T, T), true));

  it('has not spoken before anybody looked at its keys', () => {
    assert.equal(canaryHasSpoken(canaryOf({ phase: 'new' }, done), T, T), false);
    assert.equal(canaryHasBegun(canaryOf({ phase: 'new' }, done)), false);
    assert.equal(canaryHasBegun(canaryOf({ phase: 'ready' }, done)), true);
  });

  it('that dies before it begins holds the rest up for forty seconds', () => {
    const { opened: _, ...unopened } = canaryOf({ phase: 'new' });

    assert.equal(canaryHasSpoken(unopened, T, T + 39_999), false);
    assert.equal(canaryHasSpoken(unopened, T, T + 40_000), true);
  });

  it('will have spoken, proof or not, when the slots of the rest begin', () => {
    const window = { id: 'w', firstSlotAt: T, spacingMs: 250, count: 3 };
    const canary = { ...canaryOf({ phase: 'sent', sentAt: T + 500 }), window };

    assert.equal(canaryHasSpoken(canary, T, canarySpeaksAt(canary)), true);
    assert.equal(canarySpeaksAt(canaryOf(done)), 0);
  });
});
