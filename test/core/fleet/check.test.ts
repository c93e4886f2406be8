import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFleets } from '../../../core/fleet/check.ts';
import { problemSentence } from '../../../core/fleet/problem.ts';

const FLEET = { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'] };

const sentencesOf = (value: unknown): readonly string[] => {
  const checked = checkFleets({ value, positionOf: () => undefined }, 'fleets.json');
  return checked.kind === 'wrong' ? checked.problems.map(problemSentence) : [];
};

describe('A fleet file of which no lines are known', () => {
  it('gives its fleets when it is right', () => {
    const checked = checkFleets({ value: { fleets: { payments: FLEET } }, positionOf: () => undefined }, 'fleets.json');

    assert.equal(checked.kind, 'fleets');
    assert.deepEqual(
      [...checked.fleets].map(([name, { home, posture }]) => [name, home, posture]),
      [['payments', 'us-east-1', 'approve']],
    );
  });

  it('tells everything that is wrong at once, by field, overlaps among it', () => {
    assert.deepEqual(
      sentencesOf({ fleets: { a: FLEET, b: FLEET, c: { ...FLEET, accounts: ['444455556666'], postur: 'observe', proof: 5 } } }),
      [
        'fleets.json: fleets.c.proof is wrong; expected one of standard, signatures, none; got the number 5.',
        'fleets.json: fleets.c.postur is not a field here; expected one of accounts, keys, home, standbys, posture, services, alarms, proof, onRecovery, patienceSeconds, cooldownMinutes, failback, drill, probe, priority, ratePerSecond, exceptions; got "observe". Did you mean posture?',
        'fleets.json: fleets.b.keys is wrong; expected keys that no other fleet has, because a key belongs to one fleet; got an overlap with fleet a: one takes all keys of account 111122223333, which the other draws on as well.',
      ],
    );
  });

  for (const value of [undefined, null, 5, [], {}, { fleets: null }, { fleets: [FLEET] }])
    it(`is refused in a sentence when it says ${JSON.stringify(value)}`, () => {
      assert.equal(sentencesOf(value).length, 1);
    });

  it('is told at most twenty problems', () => {
    const fleets = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`f${index}`, 'none']));

    assert.equal(sentencesOf({ fleets }).length, 20);
  });
});
