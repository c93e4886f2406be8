import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dedupeKey, incidentOf } from '../../../core/health/identity.ts';
import { accountId } from '../../../core/region.ts';
import { healthEvent } from '../../support/health-fixture.ts';

describe('The dedupe key of a Health event', () => {
  it('is the same for the copy in the backup Region', () => {
    assert.equal(dedupeKey(healthEvent('kms-issue-opens-backup-copy')), dedupeKey(healthEvent('kms-issue-opens')));
  });

  const differences = [
    { what: 'the next update', event: healthEvent('kms-issue-closes') },
    { what: 'another page', event: healthEvent('kms-issue-opens', { page: 2 }) },
    { what: 'another account', event: healthEvent('kms-issue-opens', { affectedAccount: accountId('444455556666') }) },
    { what: 'another incident', event: healthEvent('kms-issue-opens', { eventArn: 'arn:aws:health:eu-central-1::event/other' }) },
  ];
  for (const { what, event } of differences) {
    it(`is another for ${what}`, () => {
      assert.notEqual(dedupeKey(event), dedupeKey(healthEvent('kms-issue-opens')));
    });
  }

  it('does not run fields together', () => {
    const event = healthEvent('kms-issue-opens');

    assert.notEqual(
      dedupeKey({ ...event, eventArn: 'ab', communicationId: 'c' }),
      dedupeKey({ ...event, eventArn: 'a', communicationId: 'bc' }),
    );
  });
});

describe('The incident of a Health event', () => {
  it('is the same in every update, copy, page and account', () => {
    const incident = incidentOf(healthEvent('kms-issue-opens'));

    assert.equal(incidentOf(healthEvent('kms-issue-opens-backup-copy')), incident);
    assert.equal(incidentOf(healthEvent('kms-issue-closes')), incident);
    assert.equal(incidentOf(healthEvent('kms-issue-opens', { page: 2, affectedAccount: accountId('444455556666') })), incident);
  });

  it('is another for another event', () => {
    assert.notEqual(incidentOf(healthEvent('ec2-issue-second-page')), incidentOf(healthEvent('kms-issue-opens')));
  });

  it('fits into the name of an execution, which takes no colon and no slash', () => {
    assert.match(incidentOf(healthEvent('kms-issue-opens')), /^health-[0-9a-f]{20}$/);
  });
});
