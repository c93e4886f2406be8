import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOnCalendar } from '../../../core/words/calendar.ts';

describe('A day and its hour', () => {
  it('exist on the calendar', () => {
    for (const text of ['2026-02-28T00:00:00Z', '2028-02-29T23:59:59Z', '2026-12-31T12:00:00+02:00'])
      assert.equal(isOnCalendar(text), true, text);
  });

  it('do not exist where a month has fewer days, a year fewer months, or a day fewer hours', () => {
    for (const text of [
      '2026-02-29T00:00:00Z',
      '2100-02-29T00:00:00Z',
      '2026-04-31T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-00-10T00:00:00Z',
      '2026-01-00T00:00:00Z',
      '2026-10-20T24:00:00Z',
      'noon',
    ])
      assert.equal(isOnCalendar(text), false, text);
  });
});
