import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { because, isGreen, isGreenResult, PROMOTED, resultOf, tally, tallyReasons } from '../../../core/outcome/outcome.ts';
import { anyOutcome, everyOutcome } from '../../support/outcomes.ts';

const none = { promoted: 0, 'already-primary': 0, unproven: 0, ineligible: 0, blocked: 0, halted: 0, failed: 0 };

describe('An outcome', () => {
  it('is of the kind that its reason belongs to', () => {
    assert.deepEqual(because('ALREADY_THERE'), { kind: 'already-primary', reason: 'ALREADY_THERE' });
    assert.deepEqual(because('PRIMARY_UNREACHABLE'), { kind: 'blocked', reason: 'PRIMARY_UNREACHABLE' });
  });

  it('is green when the key is where it shall be and proven, or was safe before', () => {
    const green = everyOutcome.filter(isGreen);

    assert.deepEqual(green, [PROMOTED, because('ALREADY_THERE'), because('SAFE_ELSEWHERE')]);
  });
});

describe('A tally', () => {
  it('names every kind, also those that do not occur', () => assert.deepEqual(tally([]), none));

  it('counts outcomes by kind and by reason', () => {
    const outcomes = [PROMOTED, because('THROTTLED'), PROMOTED, because('KMS_INTERNAL'), because('THROTTLED')];

    assert.deepEqual(tally(outcomes), { ...none, promoted: 2, blocked: 3 });
    assert.deepEqual(tallyReasons(outcomes), { THROTTLED: 2, KMS_INTERNAL: 1 });
  });

  it('counts every outcome once', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome), (outcomes) => {
        const counted = Object.values(tally(outcomes)).reduce((sum, count) => sum + count, 0);
        const reasoned = Object.values(tallyReasons(outcomes)).reduce((sum, count) => sum + count, 0);

        assert.equal(counted, outcomes.length);
        assert.equal(reasoned, outcomes.filter(({ kind }) => kind !== 'promoted').length);
      }),
    );
  });
});

const results = [
  { case: 'a fleet that moved', outcomes: [PROMOTED, PROMOTED], result: 'moved' },
  { case: 'a fleet of which a part had to move', outcomes: [PROMOTED, because('ALREADY_THERE')], result: 'moved' },
  { case: 'a fleet that was there', outcomes: [because('ALREADY_THERE'), because('SAFE_ELSEWHERE')], result: 'nothing-to-do' },
  { case: 'one key in many that is blocked', outcomes: [PROMOTED, PROMOTED, because('STILL_UPDATING')], result: 'blocked' },
  { case: 'a blocked key beside a failed one', outcomes: [because('UNREADABLE'), because('THROTTLED')], result: 'blocked' },
  { case: 'a key that moved and is not proven', outcomes: [PROMOTED, because('BY_POLICY')], result: 'partly' },
  { case: 'a key that cannot be moved', outcomes: [PROMOTED, because('NO_REPLICA')], result: 'partly' },
  { case: 'keys that were never attempted', outcomes: [because('STOPPED')], result: 'partly' },
  { case: 'a key that failed', outcomes: [PROMOTED, because('REFUSED_BY_KMS')], result: 'partly' },
];

describe('The result of a run', () => {
  for (const { case: title, outcomes, result } of results)
    it(`is ${result} for ${title}`, () => assert.equal(resultOf(tally(outcomes), true), result));

  for (const outcomes of [[PROMOTED], [because('ALREADY_THERE')], []])
    it(`is partly for ${outcomes.length === 0 ? 'no key' : outcomes.map(({ kind }) => kind).join()} when not all keys were found`, () =>
      assert.equal(resultOf(tally(outcomes), false), 'partly'));

  it('stays blocked when a key is and not all keys were found, so that the intent stays open', () =>
    assert.equal(resultOf(tally([PROMOTED, because('THROTTLED')]), false), 'blocked'));

  it('is green exactly when every outcome is', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 6 }), (outcomes) => {
        const result = resultOf(tally(outcomes), true);

        assert.equal(isGreenResult(result), outcomes.every(isGreen));
      }),
    );
  });

  it('is blocked exactly when a key is, so that the intent stays open', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 6 }), (outcomes) => {
        assert.equal(
          resultOf(tally(outcomes), true) === 'blocked',
          outcomes.some(({ kind }) => kind === 'blocked'),
        );
      }),
    );
  });
});
