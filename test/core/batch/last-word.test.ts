import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lastWord, type UntimelyEnd } from '../../../core/batch/last-word.ts';
import type { KeyRecord } from '../../../core/batch/record.ts';
import { PROMOTED } from '../../../core/outcome/outcome.ts';
import { readingsOf, SOURCE, TARGET, viewOf } from '../../support/keys.ts';
import { recordWith } from '../../support/runs.ts';

const end: UntimelyEnd = { target: TARGET, unmoved: 'RUN_ENDED', proof: 'standard' };
const at = (primaryRegion: typeof SOURCE) =>
  readingsOf({ [SOURCE]: viewOf(SOURCE, { primaryRegion }), [TARGET]: viewOf(TARGET, { primaryRegion }) });
const dark = readingsOf({ [SOURCE]: 'unreachable', [TARGET]: 'unreachable' });
const outcomeOf = (record: Partial<KeyRecord>, readings = at(TARGET), changes: Partial<UntimelyEnd> = {}) =>
  lastWord(recordWith(record), readings, { ...end, ...changes }).outcome;

describe('A key whose run ended before it had an outcome', () => {
  it('and that was called for and is in the target has moved, without a proof', () => {
    const { outcome, primary, phase } = lastWord(recordWith({ attempts: 1, origin: SOURCE }), at(TARGET), end);

    assert.deepEqual([outcome, primary, phase], [{ kind: 'unproven', reason: 'PROOF_NOT_TRIED' }, TARGET, 'done']);
    assert.deepEqual(outcomeOf({ attempts: 1 }, at(TARGET), { proof: 'none' }), { kind: 'unproven', reason: 'BY_POLICY' });
  });

  it('has moved also when its call was never noted, but its origin was', () => {
    assert.deepEqual(outcomeOf({ origin: SOURCE }), { kind: 'unproven', reason: 'PROOF_NOT_TRIED' });
  });

  it('was in the target already when nobody called for it and it came from nowhere else', () => {
    assert.deepEqual(outcomeOf({}), { kind: 'already-primary', reason: 'ALREADY_THERE' });
    assert.deepEqual(outcomeOf({ origin: TARGET }), { kind: 'already-primary', reason: 'ALREADY_THERE' });
  });

  it('is halted where it did not move, by the person or by the death of the run', () => {
    assert.deepEqual(outcomeOf({}, at(SOURCE)), { kind: 'halted', reason: 'RUN_ENDED' });
    assert.deepEqual(outcomeOf({}, at(SOURCE), { unmoved: 'STOPPED' }), { kind: 'halted', reason: 'STOPPED' });
    assert.equal(lastWord(recordWith({ attempts: 2 }), at(SOURCE), end).detail, `called for 2 times; the primary is in ${SOURCE}`);
  });

  it('is blocked while its Regions do not agree', () => {
    const torn = readingsOf({ [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { primaryRegion: TARGET }) });

    assert.deepEqual(outcomeOf({ attempts: 1 }, torn), { kind: 'blocked', reason: 'STILL_UPDATING' });
  });

  it('that nobody shows is unreadable when it was called for, and was not attempted when it was not', () => {
    assert.deepEqual(outcomeOf({ attempts: 1 }, dark), { kind: 'failed', reason: 'UNREADABLE' });
    assert.deepEqual(outcomeOf({}, dark), { kind: 'halted', reason: 'RUN_ENDED' });
  });

  it('keeps the outcome that it has', () => {
    assert.deepEqual(outcomeOf({ outcome: PROMOTED }, at(SOURCE)), PROMOTED);
  });
});
