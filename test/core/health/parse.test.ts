import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseHealthEvent } from '../../../core/health/parse.ts';
import { healthEvent, healthFixtures, rawHealthEvent } from '../../support/health-fixture.ts';

/** The recorded opening event with some fields of its detail replaced; undefined takes a field out. */
const withDetail = (changes: Record<string, unknown>): unknown => {
  const raw = rawHealthEvent('kms-issue-opens');
  return { ...raw, detail: JSON.parse(JSON.stringify({ ...raw.detail, ...changes })) };
};

const eventOf = (raw: unknown) => {
  const reading = parseHealthEvent(raw);
  assert.equal(reading.kind, 'event', reading.kind === 'malformed' ? reading.problems.join('; ') : '');
  return reading.event;
};

describe('Reading a Health event', () => {
  it('puts an opening event into our words', () => {
    assert.deepEqual(healthEvent('kms-issue-opens'), {
      eventArn:
        'arn:aws:health:eu-central-1::event/KMS/AWS_KMS_OPERATIONAL_ISSUE/AWS_KMS_OPERATIONAL_ISSUE_3c6f2a10-5b7e-4c1d-8e55-9d20a7f1b3e4',
      communicationId: '7be0c2f4a9d1e6b35802cc41f7d9a0e8b1c25f63-1',
      page: 1,
      affectedAccount: '111122223333',
      service: 'KMS',
      eventTypeCode: 'AWS_KMS_OPERATIONAL_ISSUE',
      category: 'issue',
      onlyAccount: undefined,
      statusCode: 'open',
      eventRegion: 'eu-central-1',
      startedAt: Date.UTC(2026, 9, 20, 7, 41, 0),
      endedAt: undefined,
      lastUpdatedAt: Date.UTC(2026, 9, 20, 7, 52, 30),
    });
  });

  it('reads the copy in the backup Region as the same communication', () =>
    assert.deepEqual(healthEvent('kms-issue-opens-backup-copy'), healthEvent('kms-issue-opens')));

  it('takes the account in trouble, not the account that collects events for the organisation', () => {
    const event = healthEvent('ec2-issue-second-page');

    assert.equal(event.affectedAccount, '444455556666');
    assert.equal(event.page, 2);
  });

  it('reads an older event, which says less, and fills in what that can only mean', () => {
    const event = healthEvent('ec2-resolved-yet-open');

    assert.deepEqual(
      { account: event.affectedAccount, page: event.page, lastUpdatedAt: event.lastUpdatedAt },
      { account: '111122223333', page: 1, lastUpdatedAt: undefined },
    );
    assert.equal(event.endedAt, Date.UTC(2026, 10, 3, 23, 40, 0));
    assert.equal(event.onlyAccount, undefined, 'without scope and account it is taken for a public one');
  });

  const spellings = [
    { field: 'backupEvent', value: 'perhaps', expected: {} },
    { field: 'totalPages', value: '-1', expected: {} },
    { field: 'page', value: 7, expected: { page: 7 } },
    { field: 'page', value: '7', expected: { page: 7 } },
    { field: 'page', value: undefined, expected: { page: 1 } },
    { field: 'startTime', value: '2026-10-20T07:41:00Z', expected: { startedAt: Date.UTC(2026, 9, 20, 7, 41) } },
    { field: 'eventScopeCode', value: 'NONE', expected: { onlyAccount: '111122223333' } },
    { field: 'eventScopeCode', value: 'ACCOUNT_SPECIFIC', expected: { onlyAccount: '111122223333' } },
    { field: 'eventScopeCode', value: 'CONTINENTAL', expected: {} },
    { field: 'eventScopeCode', value: undefined, expected: { onlyAccount: '111122223333' } },
    { field: 'eventScopeCode', value: null, expected: { onlyAccount: '111122223333' } },
    { field: 'endTime', value: null, expected: {} },
    { field: 'lastUpdatedTime', value: null, expected: { lastUpdatedAt: undefined } },
    { field: 'page', value: null, expected: { page: 1 } },
    { field: 'affectedAccount', value: null, expected: {} },
    { field: 'statusCode', value: 'paused', expected: { statusCode: 'paused' } },
    { field: 'eventTypeCategory', value: 'rehearsal', expected: { category: 'rehearsal' } },
    { field: 'eventRegion', value: 'global', expected: { eventRegion: 'global' } },
    { field: 'somethingNew', value: { deep: [1] }, expected: {} },
    { field: 'personas', value: 'not even a list', expected: {} },
  ];
  for (const { field, value, expected } of spellings) {
    it(`accepts ${field} as ${JSON.stringify(value) ?? 'missing'}`, () => {
      assert.deepEqual(eventOf(withDetail({ [field]: value })), { ...healthEvent('kms-issue-opens'), ...expected });
    });
  }

  const refusals = [
    { field: 'eventArn', value: undefined },
    { field: 'eventArn', value: '' },
    { field: 'eventArn', value: 'a'.repeat(2_049) },
    { field: 'communicationId', value: 5 },
    { field: 'service', value: undefined },
    { field: 'eventTypeCategory', value: null },
    { field: 'statusCode', value: undefined },
    { field: 'eventRegion', value: undefined },
    { field: 'startTime', value: undefined },
    { field: 'startTime', value: 'yesterday' },
    { field: 'endTime', value: '2026-10-20T07:41:00' },
    { field: 'lastUpdatedTime', value: 'x'.repeat(101) },
    { field: 'page', value: '0' },
    { field: 'page', value: 'one' },
    { field: 'page', value: 1.5 },
    { field: 'affectedAccount', value: '12' },
  ];
  for (const { field, value } of refusals) {
    it(`refuses ${field} as ${JSON.stringify(value)?.slice(0, 40) ?? 'missing'}, and names the field`, () => {
      const reading = parseHealthEvent(withDetail({ [field]: value }));

      assert.equal(reading.kind, 'malformed');
      assert.equal(reading.problems.length, 1);
      assert.match(reading.problems[0] ?? '', new RegExp(`^detail\\.${field}: .`));
    });
  }

  it('says null where null came and a value must be', () => {
    const reading = parseHealthEvent(withDetail({ startTime: null }));

    assert.deepEqual(reading.kind === 'malformed' ? reading.problems : [], [
      'detail.startTime: expected a date such as Tue, 20 Oct 2026 07:41:00 GMT or 2026-10-20T07:41:00Z; got null.',
    ]);
  });

  it('refuses another kind of event, and names every problem at once', () => {
    const reading = parseHealthEvent({ 'detail-type': 'Scheduled Event', detail: {} });

    assert.equal(reading.kind, 'malformed');
    const fields = reading.problems.map((problem) => problem.split(':')[0]);
    assert.deepEqual(fields.slice(0, 3), ['detail-type', 'account', 'detail.eventArn']);
  });

  it('reads an abuse notice as an event, so that it is judged by its service like any other', () => {
    const raw = { ...rawHealthEvent('kms-issue-opens'), 'detail-type': 'AWS Health Abuse Event' };

    assert.equal(eventOf(raw).service, 'KMS');
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (raw) => {
        assert.equal(parseHealthEvent(raw).kind, 'malformed');
      }),
    );
  });

  it('never throws on a real event with anything in one of its fields', () => {
    const fields = Object.keys(rawHealthEvent('ec2-issue-second-page').detail);
    fc.assert(
      fc.property(fc.constantFrom(...healthFixtures), fc.constantFrom(...fields), fc.anything(), (name, field, value) => {
        const raw = rawHealthEvent(name);
        const reading = parseHealthEvent({ ...raw, detail: { ...raw.detail, [field]: value } });
        assert.ok(reading.kind === 'event' ? Number.isFinite(reading.event.startedAt) : reading.problems.length > 0);
      }),
    );
  });
});
