import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exceptionEndsAt, exceptionFor, expiredExceptions } from '../../../core/fleet/exception.ts';
import { accountId } from '../../../core/region.ts';
import { fleetWith, mrk } from '../../support/fleet.ts';

const account = accountId('111122223333');
const exception = { key: mrk('1'), reason: 'the vault is being migrated', owner: 'payments-platform', expires: '2026-12-31' };
const fleet = fleetWith({ exceptions: [exception] });
const endsAt = Date.UTC(2027, 0, 1);

describe('An exception', () => {
  it('holds until the last millisecond of its last day, in UTC', () => {
    assert.equal(exceptionEndsAt(fleet.exceptions[0] ?? assert.fail('no exception')), endsAt);
    assert.deepEqual(exceptionFor(fleet, { account, keyId: mrk('1') }, endsAt - 1), { kind: 'active', exception });
  });

  it('is expired from then on, and still says whose it was', () => {
    assert.deepEqual(exceptionFor(fleet, { account, keyId: mrk('1') }, endsAt), { kind: 'expired', exception });
  });

  it('ends on leap days too', () => {
    const leap = fleetWith({ exceptions: [{ ...exception, expires: '2028-02-29' }] });

    assert.equal(exceptionFor(leap, { account, keyId: mrk('1') }, Date.UTC(2028, 1, 29, 23, 59)).kind, 'active');
    assert.equal(exceptionFor(leap, { account, keyId: mrk('1') }, Date.UTC(2028, 2, 1)).kind, 'expired');
  });

  it('is none for a key that the fleet makes no exception for', () => {
    assert.deepEqual(exceptionFor(fleet, { account, keyId: mrk('2') }, 0), { kind: 'none' });
  });

  it('made for an ARN holds in that account only', () => {
    const key = `arn:aws:kms:us-east-1:111122223333:key/${mrk('1')}`;
    const strict = fleetWith({ accounts: ['111122223333', '444455556666'], exceptions: [{ ...exception, key }] });

    assert.equal(exceptionFor(strict, { account, keyId: mrk('1') }, 0).kind, 'active');
    assert.equal(exceptionFor(strict, { account: accountId('444455556666'), keyId: mrk('1') }, 0).kind, 'none');
  });

  it('that is over is counted among the expired ones, and no other', () => {
    const later = { ...exception, key: mrk('2'), expires: '2029-01-01' };
    const both = fleetWith({ exceptions: [exception, later] });

    assert.deepEqual(expiredExceptions(both, endsAt - 1), []);
    assert.deepEqual(expiredExceptions(both, endsAt), [exception]);
  });
});
