import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HealthEvent } from '../../../core/health/parse.ts';
import { type Irrelevance, relevance, staleAfterMs } from '../../../core/health/relevance.ts';
import { accountId } from '../../../core/region.ts';
import { fleetWith } from '../../support/fleet.ts';
import { healthEvent } from '../../support/health-fixture.ts';

const opened = healthEvent('kms-issue-opens');
const nowMs = Date.UTC(2026, 9, 20, 7, 53, 0);
const fleet = fleetWith();

describe('A Health event is relevant to a fleet', () => {
  it('when it is an open issue of a service the fleet listens to', () => {
    assert.deepEqual(relevance(opened, nowMs, fleet), {
      relevant: true,
      reason: 'KMS has an open issue in eu-central-1 since 2026-10-20T07:41:00Z.',
    });
  });

  const relevant: readonly { case: string; changes: Partial<HealthEvent> }[] = [
    { case: 'it does not say when it was last updated', changes: { lastUpdatedAt: undefined } },
    { case: 'it was last updated exactly two hours ago', changes: { lastUpdatedAt: nowMs - staleAfterMs } },
    { case: 'it began at this very moment', changes: { startedAt: nowMs } },
    { case: 'its end is announced but still to come', changes: { endedAt: nowMs + 1 } },
    { case: 'it began days ago and was updated just now', changes: { startedAt: nowMs - 7 * 24 * 3_600_000, lastUpdatedAt: nowMs } },
    { case: 'it is about the one account that owns the keys', changes: { onlyAccount: accountId('111122223333') } },
    { case: 'several services are in trouble at once', changes: { service: 'MULTIPLE_SERVICES' } },
  ];
  for (const { case: title, changes } of relevant) {
    it(`when ${title}`, () => {
      assert.equal(relevance({ ...opened, ...changes }, nowMs, fleet).relevant, true);
    });
  }
});

describe('A Health event is not relevant to a fleet', () => {
  const irrelevant: readonly { case: string; changes: Partial<HealthEvent>; rule: Irrelevance; reason: string }[] = [
    {
      case: 'it announces a change',
      changes: { category: 'scheduledChange' },
      rule: 'NOT_AN_ISSUE',
      reason: 'The event is of category scheduledChange, and only an issue is trouble.',
    },
    {
      case: 'it is about another service',
      changes: { service: 'EC2' },
      rule: 'SERVICE_NOT_WATCHED',
      reason: 'The event is about EC2; this fleet listens to KMS, MULTIPLE_SERVICES.',
    },
    {
      case: 'it is global',
      changes: { eventRegion: 'global' },
      rule: 'NO_REGION_NAMED',
      reason: 'The event is global, and a primary cannot be moved away from everywhere.',
    },
    {
      case: 'its Region is none',
      changes: { eventRegion: 'the moon' },
      rule: 'NO_REGION_NAMED',
      reason: 'The event names the moon, which is not a Region.',
    },
    {
      case: 'it is about one account that owns no key of the fleet',
      changes: { onlyAccount: accountId('999988887777') },
      rule: 'NOT_OUR_ACCOUNT',
      reason: 'The event is about account 999988887777 only, which owns no key of this fleet.',
    },
    { case: 'it is closed', changes: { statusCode: 'closed' }, rule: 'NOT_OPEN', reason: "The event's status is closed, not open." },
    { case: 'it is upcoming', changes: { statusCode: 'upcoming' }, rule: 'NOT_OPEN', reason: "The event's status is upcoming, not open." },
    {
      case: 'its status is a new one',
      changes: { statusCode: 'paused' },
      rule: 'NOT_OPEN',
      reason: "The event's status is paused, not open.",
    },
    {
      case: 'it starts in the future',
      changes: { startedAt: nowMs + 1_000 },
      rule: 'NOT_BEGUN',
      reason: 'The incident begins only at 2026-10-20T07:53:01Z.',
    },
    {
      case: 'it ended at this very moment',
      changes: { endedAt: nowMs },
      rule: 'ENDED',
      reason: 'The incident ended at 2026-10-20T07:53:00Z, although its status is open.',
    },
    {
      case: 'it was last updated more than two hours ago',
      changes: { lastUpdatedAt: nowMs - staleAfterMs - 1 },
      rule: 'STALE',
      reason: 'The event was last updated at 2026-10-20T05:52:59Z, more than two hours ago.',
    },
  ];
  for (const { case: title, changes, rule, reason } of irrelevant) {
    it(`when ${title}`, () => {
      assert.deepEqual(relevance({ ...opened, ...changes }, nowMs, fleet), { relevant: false, rule, reason });
    });
  }

  it('when it says open and resolved at once, as a sample of AWS does', () => {
    const event = healthEvent('ec2-resolved-yet-open');

    assert.deepEqual(relevance(event, Date.UTC(2026, 10, 4), fleetWith({ services: ['EC2'] })), {
      relevant: false,
      rule: 'ENDED',
      reason: 'The incident ended at 2026-11-03T23:40:00Z, although its status is open.',
    });
  });

  it('when it closes an incident', () => {
    assert.equal(relevance(healthEvent('kms-issue-closes'), Date.UTC(2026, 9, 20, 10, 32), fleet).relevant, false);
  });
});
