import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instantOf } from '../../../core/signal/date.ts';

describe('A date in an event', () => {
  it('is read in the forms that EventBridge, CloudTrail, CloudWatch and the scheduler write', () => {
    const forms = ['2026-10-20T07:41:00Z', '2026-10-20T07:41:00.000Z', '2026-10-20T07:41:00.000+0000', '2026-10-20T09:41:00+02:00'];

    assert.deepEqual(new Set(forms.map(instantOf)), new Set([Date.UTC(2026, 9, 20, 7, 41)]));
  });

  it('is no date when it has no zone, no time, or is none', () => {
    for (const text of [
      '2026-10-20T07:41:00',
      '2026-10-20',
      '2026-13-20T07:41:00Z',
      'noon',
      '',
      '2026-02-29T07:41:00Z',
      '2026-04-31T07:41:00.000+0000',
    ])
      assert.equal(instantOf(text), undefined, text);
  });
});
