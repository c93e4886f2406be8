import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isWorthProving, nextAfterLook, nextAfterProof, nextWithoutWindow } from '../../../core/batch/next.ts';
import type { KeyRecord, Phase } from '../../../core/batch/record.ts';
import { PROMOTED } from '../../../core/outcome/outcome.ts';
import { batchWith, recordWith } from '../../support/runs.ts';

const T = 1_000_000;
const times = (count: number, phase: Phase, changes: Partial<KeyRecord> = {}): KeyRecord[] =>
  Array.from({ length: count }, () =>
    recordWith({ phase, ...(phase === 'sent' ? { sentAt: T } : {}), ...(phase === 'done' ? { outcome: PROMOTED } : {}), ...changes }),
  );
const batchOf = (...records: KeyRecord[][]) => batchWith({ opened: { stage: 'rest', at: T }, records: records.flat() });
const at = (now: number, changes: Partial<Parameters<typeof nextAfterLook>[1]> = {}) => ({
  stage: 'rest' as const,
  isLast: false,
  now,
  ...changes,
});

describe('A batch that was looked at', () => {
  it('is proven when half of the keys under way have settled', () => {
    assert.equal(nextAfterLook(batchOf(times(5, 'moved'), times(5, 'sent')), at(T)).next, 'verify');
    assert.equal(nextAfterLook(batchOf(times(4, 'moved'), times(5, 'sent')), at(T)).next, 'poll');
  });

  it('is proven at the first settled key when the fleet waits for it', () =>
    assert.equal(isWorthProving({ ...batchOf(times(1, 'moved'), times(5, 'sent')), stage: 'canary' }), true));

  it('leaves keys that take longer than twenty seconds to the sweep, and sooner when no batch uses the lane after it', () => {
    const straggling = batchOf(times(9, 'done'), times(1, 'sent'));

    assert.equal(nextAfterLook(straggling, at(T + 19_999)).next, 'poll');
    assert.equal(nextAfterLook(straggling, at(T + 20_000)).next, 'done');
    assert.equal(nextAfterLook(straggling, at(T + 12_000, { isLast: true })).next, 'done');
    assert.equal(nextAfterLook(straggling, at(T + 12_000, { stage: 'sweep' })).next, 'poll');
  });

  it('goes round for more than half of its keys, or for some whose turn did not come; the sweep takes up fewer', () => {
    assert.equal(nextAfterLook(batchOf(times(25, 'done'), times(25, 'new')), at(T)).next, 'done');
    assert.equal(nextAfterLook(batchOf(times(24, 'done'), times(26, 'new')), at(T)).next, 'precheck');
    assert.equal(nextAfterLook(batchOf(times(35, 'done'), times(15, 'ready')), at(T)).next, 'precheck');
    assert.equal(nextAfterLook(batchOf(times(35, 'done'), times(15, 'new', { obstacle: 'THROTTLED' })), at(T)).next, 'precheck');
    assert.equal(nextAfterLook(batchOf(times(49, 'done'), times(1, 'new')), at(T, { stage: 'sweep' })).next, 'precheck');
  });

  it('is done when each of its keys is', () => assert.equal(nextAfterLook(batchOf(times(3, 'done')), at(T)).next, 'done'));
});

describe('A batch that was proven', () => {
  it('is looked at again when nobody answered for a key', () =>
    assert.equal(nextAfterProof(batchOf(times(3, 'done'), times(1, 'moved')), at(T)).next, 'poll'));

  it('leaves its stage when its time is up, but never a sweep', () => {
    const unanswered = batchOf(times(3, 'done'), times(1, 'moved'));

    assert.equal(nextAfterProof(unanswered, at(T + 900_000)).next, 'done');
    assert.equal(nextAfterProof(unanswered, at(T + 900_000, { stage: 'sweep' })).next, 'poll');
  });
});

describe('A batch in which nothing can be called for', () => {
  it('looks again in ten seconds', () =>
    assert.deepEqual(nextWithoutWindow(batchOf(times(2, 'new')), 'rest', T), { next: 'precheck', waitSeconds: 10 }));

  it('does not keep the fleet waiting when it is a canary', () =>
    assert.equal(nextWithoutWindow({ ...batchOf(times(2, 'new')), stage: 'canary' }, 'rest', T).next, 'done'));

  it('proves parked keys, and looks after those that were called for', () => {
    assert.equal(nextWithoutWindow(batchOf(times(2, 'parked')), 'rest', T).next, 'verify');
    assert.equal(nextWithoutWindow(batchOf(times(2, 'sent')), 'rest', T).next, 'poll');
  });
});
