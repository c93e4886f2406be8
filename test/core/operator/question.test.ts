import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { approvalRequested } from '../../../core/events/approval-requested.ts';
import { type Question, question } from '../../../core/operator/question.ts';
import { region } from '../../../core/region.ts';

const asked = (more: Partial<Question> = {}): Question => ({
  id: 'payments/abc',
  request: { fleet: 'payments', operation: 'failover', source: region('us-east-1'), target: region('us-west-2'), incident: 'health-1' },
  why: 'KMS has an open issue in us-east-1.',
  objections: ['posture: fleet payments has the posture "approve".'],
  keys: 1_000,
  accounts: 1,
  ratePerSecond: 4,
  sourceVerdict: 'degraded',
  expiresAt: Date.UTC(2026, 9, 20, 12),
  approveUrl: undefined,
  ...more,
});

describe('the request for approval', () => {
  it('fits the published schema', () => assert.equal(approvalRequested.safeParse(question(asked()).detail).success, true));

  it('says how long the run takes, by keys, accounts and rate', () => {
    assert.match(question(asked()).detail.eta, /^about 5 min at 4 keys a second/);
    assert.match(question(asked({ accounts: 10 })).detail.eta, /^about 70 s at 4/);
  });

  it('says that nothing happens without an answer, and until when there may be one', () =>
    assert.match(question(asked()).detail.ifNobodyAnswers, /^Nothing\. No key is moved; the question ends at 2026-10-20T12:00:00Z/));

  it('gives the exact command, with the endpoint where it is known', () => {
    assert.equal(question(asked()).detail.command, 'mrk-failover approve payments/abc --reason "…"');
    const approveUrl = 'https://abc.lambda-url.us-west-2.on.aws/';
    assert.equal(question(asked({ approveUrl })).detail.command, `mrk-failover approve payments/abc --reason "…" --url ${approveUrl}`);
  });

  it('says what would become of the keys when the source answers nobody', () =>
    assert.match(
      question(asked({ sourceVerdict: 'unreachable' })).detail.gain,
      /the keys would be parked, proven in us-west-2, and moved as soon as it answers/,
    ));

  it('never calls the trouble a loss of data', () =>
    assert.match(question(asked()).detail.gain, /can be encrypted and decrypted all the same/));
});
