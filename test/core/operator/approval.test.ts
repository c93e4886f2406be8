import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Approval, Decision } from '../../../core/decision/decision.ts';
import { approve, unfinished } from '../../../core/operator/approval.ts';
import { region } from '../../../core/region.ts';

const ANNA = 'arn:aws:iam::111122223333:user/anna';
const BEN = 'arn:aws:iam::111122223333:user/ben';
const NOW = 1_000_000;

const asked = (approval?: Approval, more: Partial<Decision> = {}): Decision => ({
  state: 'decided',
  at: 0,
  fleet: 'payments',
  signal: 'AWS Health: AWS_KMS_OPERATIONAL_ISSUE open in us-east-1',
  request: { fleet: 'payments', operation: 'failover', source: region('us-east-1'), target: region('us-west-2'), incident: 'health-1' },
  verb: 'approve',
  why: 'the posture is approve',
  ...(approval === undefined ? {} : { approval }),
  ...more,
});
const OPEN: Approval = { state: 'open', expiresAt: NOW + 1 };
const refusalOf = (decision: Decision | undefined, by = ANNA): string => {
  const answer = approve('payments/abc', decision, by, NOW);
  return answer.kind === 'refused' ? answer.why : `not refused but ${answer.kind}`;
};

describe('approving a decision', () => {
  it('notes who approved an open question, and when', () => {
    const answer = approve('payments/abc', asked(OPEN), ANNA, NOW);
    assert.equal(answer.kind, 'approved');
    assert.deepEqual(answer.kind === 'approved' && answer.decision.approval, { state: 'approved', expiresAt: NOW + 1, by: ANNA, at: NOW });
  });

  it('may be repeated by the same person until its run was started', () =>
    assert.equal(approve('payments/abc', asked({ ...OPEN, state: 'approved', by: ANNA, at: NOW }), ANNA, NOW).kind, 'again'));

  const approved: Approval = { ...OPEN, state: 'approved', by: ANNA, at: 0 };
  const cases: ReadonlyArray<readonly [string, Decision | undefined, RegExp]> = [
    ['a decision that does not exist', undefined, /no decision named payments\/abc/],
    ['a decision that asks for nothing', asked(), /asks for no approval: the posture is approve/],
    ['a question that has run out', asked({ ...OPEN, expiresAt: NOW }), /could be approved until 1970-01-01T00:16:40/],
    [
      'a question that was withdrawn',
      asked({ ...OPEN, state: 'withdrawn', by: 'its incident closed', at: 0 }),
      /was withdrawn.*its incident closed/,
    ],
    [
      'an approval that has started its run',
      asked(approved, { runId: 'payments-1-1' }),
      /used already: .*anna approved it.*started run payments-1-1/,
    ],
  ];
  for (const [what, decision, words] of cases) it(`refuses ${what}`, () => assert.match(refusalOf(decision), words));

  it('refuses a second person once one has approved', () => assert.match(refusalOf(asked(approved), BEN), /used already/));
});

describe('an approval whose operator died', () => {
  const HOUR_MS = 3_600_000;
  const given: Approval = { state: 'approved', expiresAt: 4 * HOUR_MS, by: ANNA, at: 0 };

  it('is left to be finished half a minute later, until its time is over', () => {
    const found = [30_000, 30_001, 4 * HOUR_MS - 1, 4 * HOUR_MS].map((now) => unfinished(asked(given), now)?.by);

    assert.deepEqual(found, [undefined, ANNA, ANNA, undefined]);
    assert.deepEqual(unfinished(asked(given), HOUR_MS), { request: asked().request, by: ANNA, at: 0 });
  });

  it('is no matter where a run was started, or nobody has approved', () => {
    assert.equal(unfinished(asked(given, { runId: 'payments-0-1' }), HOUR_MS), undefined);
    assert.equal(unfinished(asked({ state: 'open', expiresAt: 4 * HOUR_MS }), HOUR_MS), undefined);
    assert.equal(unfinished(asked(), HOUR_MS), undefined);
  });
});
