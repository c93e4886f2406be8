import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { REASONS } from '../../../core/outcome/reasons.ts';
import { reasonCodes } from '../../support/outcomes.ts';

describe('The table of reason codes', () => {
  it('has a reason for every outcome but promoted', () => {
    const outcomes = new Set(Object.values(REASONS).map(({ outcome }) => outcome));

    assert.deepEqual([...outcomes].sort(), ['already-primary', 'blocked', 'failed', 'halted', 'ineligible', 'unproven']);
  });

  it('spells its codes in capitals, as the evidence and the guides do', () => {
    for (const code of reasonCodes) assert.match(code, /^[A-Z]+(_[A-Z]+)*$/);
  });

  it('says what each means in words that stand in a sentence, each its own', () => {
    const meanings = Object.values(REASONS).map(({ meaning }) => meaning);

    for (const meaning of meanings) assert.match(meaning, /^(?:[a-z]|KMS).{10,}[^.]$/);
    assert.equal(new Set(meanings).size, meanings.length);
  });
});
