import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HealthEvent } from '../../../core/health/parse.ts';
import { relevance, staleAfterMs } from '../../../core/health/relevance.ts';
import { healthEvent } from '../../support/health-fixture.ts';

const opened = healthEvent('kms-issue-opens');
const nowMs = Date.UTC(2026, 9, 20, 7, 53, 0);
const services = ['KMS', 'MULTIPLE_SERVICES'];

describe('A Health event is relevant to a fleet', () => {
  it('when it is an open issue of a service the fleet listens to', () => {
    assert.deepEqual(relevance(opened, nowMs, services), {
      relevant: true,
      reason: 'KMS has an open issue in eu-central-1 since 2026-10-20T07:41:00.000Z.',
    });
  });

  const relevant: readonly { case: string; changes: Partial<HealthEvent> }[] = [
    { case: 'it does not say when it was last updated', changes: { lastUpdatedAt: undefined } },
    { case: 'it was last updated exactly two hours ago', changes: { lastUpdatedAt: nowMs - staleAfterMs } },
    { case: 'it began at this very moment', changes: { startedAt: nowMs } },
    { case: 'its end is announced but still to come', changes: { endedAt: nowMs + 1 } },
    { case: 'it began days ago and was updated just now', changes: { startedAt: nowMs - 7 * 24 * 3_600_000, lastUpdatedAt: nowMs } },
    { case: 'several services are in trouble at once', changes: { service: 'MULTIPLE_SERVICES' } },
  ];
  for (const { case: title, changes } of relevant) {
    it(`when ${title}`, () => {
      assert.equal(relevance({ ...opened, ...changes }, nowMs, services).relevant, true);
    });
  }
});

describe('A Health event is not relevant to a fleet', () => {
  const irrelevant: readonly { case: string; changes: Partial<HealthEvent>; reason: string }[] = [
    {
      case: 'it announces a change',
      changes: { category: 'scheduledChange' },
      reason: 'The event is of category scheduledChange, and only an issue is trouble.',
    },
    {
      case: 'it is about another service',
      changes: { service: 'EC2' },
      reason: 'The event is about EC2; this fleet listens to KMS, MULTIPLE_SERVICES.',
    },
    {
      case: 'it is global',
      changes: { eventRegion: 'global' },
      reason: 'The event is global, and a primary cannot be moved away from everywhere.',
    },
    { case: 'its Region is none', changes: { eventRegion: 'the moon' }, reason: 'The event names the moon, which is not a Region.' },
    { case: 'it is closed', changes: { statusCode: 'closed' }, reason: "The event's status is closed, not open." },
    { case: 'it is upcoming', changes: { statusCode: 'upcoming' }, reason: "The event's status is upcoming, not open." },
    { case: 'its status is a new one', changes: { statusCode: 'paused' }, reason: "The event's status is paused, not open." },
    { case: 'it starts in the future', changes: { startedAt: nowMs + 1 }, reason: 'The incident begins only at 2026-10-20T07:53:00.001Z.' },
    {
      case: 'it ended at this very moment',
      changes: { endedAt: nowMs },
      reason: 'The incident ended at 2026-10-20T07:53:00.000Z, although its status is open.',
    },
    {
      case: 'it was last updated more than two hours ago',
      changes: { lastUpdatedAt: nowMs - staleAfterMs - 1 },
      reason: 'The event was last updated at 2026-10-20T05:52:59.999Z, more than two hours ago.',
    },
  ];
  for (const { case: title, changes, reason } of irrelevant) {
    it(`when ${title}`, () => {
      assert.deepEqual(relevance({ ...opened, ...changes }, nowMs, services), { relevant: false, reason });
    });
  }

  it('when it says open and resolved at once, as a sample of AWS does', () => {
    const event = healthEvent('ec2-resolved-yet-open');

    assert.deepEqual(relevance(event, Date.UTC(2026, 10, 4), ['EC2']), {
      relevant: false,
      reason: 'The incident ended at 2026-11-03T23:40:00.000Z, although its status is open.',
    });
  });

  it('when it closes an incident', () => {
    assert.equal(relevance(healthEvent('kms-issue-closes'), Date.UTC(2026, 9, 20, 10, 32), services).relevant, false);
  });
});
