import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PromotionRecord } from '../../../core/signal/promotion-record.ts';
import { NO_CALLS, withCalls } from '../../../core/stranger/calls.ts';
import {
  isDue,
  isMove,
  isSentBy,
  PENDING_MAX,
  PENDING_MS,
  type Pending,
  withoutPending,
  withPending,
} from '../../../core/stranger/pending.ts';
import { keyRef, SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { recordWith } from '../../support/runs.ts';

const record: PromotionRecord = {
  ...keyRef('1'),
  recordedIn: SOURCE,
  target: TARGET,
  requestId: 'r-1',
  caller: 'arn:aws:sts::111122223333:assumed-role/admins/maria',
  invokedBy: undefined,
  errorCode: undefined,
  calledAt: 50_000,
};
const second: PromotionRecord = { ...record, recordedIn: TARGET, caller: 'kms.amazonaws.com', invokedBy: 'kms.amazonaws.com' };
const pendingOf = (...records: readonly PromotionRecord[]): Pending => {
  let all: ReturnType<typeof withPending>;
  for (const each of records) all = withPending(all, each, 60_000) ?? all;
  const [pending, ...others] = all?.waiting ?? [];
  assert.deepEqual(others, []);
  return pending ?? assert.fail('nothing waits');
};

describe('A record of CloudTrail', () => {
  it('tells of a primary that moved', () => {
    assert.equal(isMove(record), true);
    assert.equal(isMove(second), true);
  });

  it('tells of none when KMS refused, or when the primary was there already', () => {
    assert.equal(isMove({ ...record, errorCode: 'KMSInvalidStateException' }), false);
    assert.equal(isMove({ ...record, recordedIn: TARGET }), false);
  });
});

describe('The two records of one promotion', () => {
  it('wait as one, with the caller and the Region that the first alone names, whichever comes first', () => {
    for (const both of [
      [record, second],
      [second, record],
    ]) {
      const { from, caller } = pendingOf(...both);

      assert.deepEqual([from, caller], [SOURCE, record.caller]);
    }
  });

  it('change nothing when they come again', () => {
    const all = withPending(undefined, record, 0);

    assert.equal(withPending(all, record, 1), undefined);
    assert.equal(withPending(all, second, 1), undefined);
  });
});

describe('A promotion', () => {
  const sent = recordWith({ attempts: 1, requestIds: ['r-1'], sentAt: 49_000 });
  const lost = recordWith({ attempts: 2, requestIds: ['r-0'], sentAt: 49_000 });
  const calls = (one: typeof sent, since = 0) => withCalls(NO_CALLS, [one], TARGET, since);

  it('is ours by the ID that KMS gave the call, whichever of the two records tells of it', () => {
    assert.equal(isSentBy(pendingOf(record), calls(sent)), true);
    assert.equal(isSentBy(pendingOf(second), calls(sent)), true);
  });

  it('is somebody else’s when it has another ID, though it is of a key that we promoted in the same minute', () => {
    assert.equal(isSentBy({ ...pendingOf(record), requestId: 'r-9' }, calls(sent)), false);
  });

  it('is ours by key, target and time where a reply of ours was lost, and only there', () => {
    const pending = { ...pendingOf(record), requestId: 'r-9' };

    assert.equal(isSentBy(pending, calls(lost)), true);
    assert.equal(isSentBy({ ...pending, calledAt: 49_000 + 120_001 }, calls(lost)), false);
    assert.equal(isSentBy(pending, calls(lost, 50_001)), false);
    assert.equal(isSentBy({ ...pending, target: THIRD }, calls(lost)), false);
    assert.equal(isSentBy({ ...pending, ...keyRef('2') }, calls(lost)), false);
    assert.equal(isSentBy(pending, NO_CALLS), false);
  });

  it('waits for some minutes before it is nobody’s, unless too many wait', () => {
    const pending = pendingOf(record);

    assert.equal(isDue(pending, 0, pending.seenAt + PENDING_MS - 1), false);
    assert.equal(isDue(pending, 0, pending.seenAt + PENDING_MS), true);
    assert.equal(isDue(pending, PENDING_MAX, pending.seenAt), true);
  });

  it('waits no more when it was matched', () => {
    const all = withPending(withPending(undefined, record, 0), { ...record, requestId: 'r-2' }, 0);

    assert.deepEqual(
      withoutPending(all, new Set(['r-1']))?.waiting.map(({ requestId }) => requestId),
      ['r-2'],
    );
    assert.equal(withoutPending(undefined, new Set(['r-1'])), undefined);
  });
});
