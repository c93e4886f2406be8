import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { healthDate } from '../../../core/health/date.ts';

describe('A date of AWS Health', () => {
  for (const text of [
    'Tue, 20 Oct 2026 07:41:00 GMT',
    '20 Oct 2026 07:41:00 GMT',
    '2026-10-20T07:41:00Z',
    '2026-10-20T07:41:00.000Z',
    '2026-10-20T09:41:00+02:00',
  ]) {
    it(`is read as the same moment from ${text}`, () => {
      assert.equal(healthDate(text), Date.UTC(2026, 9, 20, 7, 41, 0));
    });
  }

  const refused = [
    '',
    'soon',
    '2026',
    '1793000000123',
    '2026-10-20',
    '2026-10-20T07:41:00',
    '2026-13-20T07:41:00Z',
    '2026-02-29T07:41:00Z',
    'Sat, 31 Feb 2026 00:00:00 GMT',
    '31 Apr 2026 00:00:00 GMT',
    '2026-10-20T24:00:00Z',
    'Tue, 20 Foo 2026 07:41:00 GMT',
    'Tue, 20 Oct 2026 07:41:00 CET',
  ];
  for (const text of refused) {
    it(`is not read from ${JSON.stringify(text)}`, () => {
      assert.equal(healthDate(text), undefined);
    });
  }

  it('is read on the 29th of February of a leap year', () => {
    assert.equal(healthDate('Tue, 29 Feb 2028 00:00:00 GMT'), Date.UTC(2028, 1, 29));
    assert.equal(healthDate('2028-02-29T00:00:00Z'), Date.UTC(2028, 1, 29));
  });

  it('comes back from both forms in which AWS writes it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_799 }), (seconds) => {
        const date = new Date(seconds * 1_000);
        assert.equal(healthDate(date.toUTCString()), date.getTime());
        assert.equal(healthDate(date.toISOString()), date.getTime());
      }),
    );
  });
});
