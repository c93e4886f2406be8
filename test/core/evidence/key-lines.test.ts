import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { figuresOf } from '../../../core/evidence/figures.ts';
import { keyLines } from '../../../core/evidence/key-lines.ts';
import { evidenceLine } from '../../../core/evidence/line.ts';
import { sha256 } from '../../../core/evidence/seal.ts';
import { RECORDS } from '../../support/evidence.ts';

describe('The lines of a run’s keys', () => {
  it('are one line of JSON each, in UTF-8, with the digest and the figures of just these', () => {
    const { keysSha256, figures, bytes } = keyLines(RECORDS);
    const expected = RECORDS.map((record) => `${JSON.stringify(evidenceLine(record))}\n`).join('');

    assert.equal(Buffer.from(bytes()).toString('utf8'), expected);
    assert.equal(keysSha256, sha256(expected));
    assert.deepEqual(figures, figuresOf(RECORDS.map(evidenceLine)));
  });

  it('are nothing at all for no key', () => {
    assert.deepEqual([keyLines([]).bytes().length, keyLines([]).keysSha256], [0, sha256('')]);
  });
});
