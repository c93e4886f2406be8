import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expiryNote, expiryNotes } from '../../../core/batch/expiry-notes.ts';
import { TARGET } from '../../support/keys.ts';
import { recordWith } from '../../support/runs.ts';

const note = expiryNote(TARGET, Date.UTC(2026, 5, 1));
const expiring = (count: number) => Array.from({ length: count }, (_, index) => recordWith({ keyId: `mrk-${index}`, notes: [note] }));

describe('Keys whose imported material is about to expire where they go', () => {
  it('are told together, the first of them by name', () => {
    const { account } = recordWith();
    const [said, ...others] = expiryNotes([recordWith(), ...expiring(7)]);

    assert.deepEqual(others, []);
    assert.equal(
      said,
      `MATERIAL_EXPIRES: the imported key material of ${[0, 1, 2, 3, 4].map((index) => `${account}/mrk-${index}`).join(', ')} and 2 more expires in the target within a day; import it there again, the evidence has when.`,
    );
  });

  it('are told of only where there are any', () => {
    assert.deepEqual(expiryNotes([recordWith({ notes: ['SELECTOR_DRIFT: something else'] })]), []);
    assert.match(expiryNotes(expiring(1))[0] ?? '', /mrk-0 expires in the target/);
  });
});
