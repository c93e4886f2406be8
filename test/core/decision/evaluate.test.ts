import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate, objections } from '../../../core/decision/evaluate.ts';
import { GUARDS } from '../../../core/decision/guards/guards.ts';
import { known } from '../../../core/decision/known.ts';
import { region } from '../../../core/region.ts';
import { circumstancesWith } from '../../support/circumstances.ts';
import { fleetWith } from '../../support/fleet.ts';

const thrown = known([{ scope: 'fleet', owner: 'alice', reason: 'migration', thrownAt: 0, expiresAt: Date.UTC(2026, 9, 21) }] as const);
const unwell = new Map([[region('us-west-2'), { verdict: 'degraded', why: '9 of 20 probes failed' }] as const]);

describe('A judgement', () => {
  it('has an answer of every guard, also when all of them pass', () => {
    const { allowed, answers } = evaluate(circumstancesWith());

    assert.equal(allowed, true);
    assert.deepEqual(
      answers.map(({ guard, kind }) => [guard, kind]),
      GUARDS.map(({ name }) => [name, 'pass']),
    );
    assert.deepEqual(objections({ allowed, answers }), []);
  });

  it('is no as soon as one guard does not pass, and the others are asked all the same', () => {
    const { allowed, answers } = evaluate(circumstancesWith({ switches: thrown }));

    assert.equal(allowed, false);
    assert.equal(answers.length, GUARDS.length);
    assert.deepEqual(
      answers.flatMap(({ guard, kind }) => (kind === 'pass' ? [] : [[guard, kind]])),
      [['stop-switch', 'refuse']],
    );
  });

  it('says in a sentence for each objection what lifts it', () => {
    const judgement = evaluate(circumstancesWith({ switches: thrown, fleet: fleetWith({ posture: 'observe' }) }));

    assert.deepEqual(objections(judgement), [
      'stop-switch: alice threw the fleet stop switch: migration. What lifts it: taking the switch back, or its expiry at 2026-10-21T00:00:00Z.',
      'posture: fleet payments has the posture "observe", so nothing but a person moves its keys. What lifts it: a person who starts the run, or posture: approve or automatic in the fleet file.',
    ]);
  });

  it('takes unknown for an objection', () => {
    const { allowed, answers } = evaluate(circumstancesWith({ eligibility: { kind: 'unknown', why: 'nobody answered' } }));

    assert.equal(allowed, false);
    assert.deepEqual(objections({ allowed, answers }), [
      'enough-eligible: whether the keys can be moved to us-west-2 is not known (nobody answered). What lifts it: a target that lets its keys be described, or a person who takes it upon them.',
    ]);
  });
});

describe('An override', () => {
  const override = ['target-healthy'];

  it('sets an objection aside for the person who asks, and the objection stays on record', () => {
    const { allowed, answers } = evaluate(circumstancesWith({ verdicts: unwell, start: { by: 'person' }, override }));

    assert.equal(allowed, true);
    assert.deepEqual(
      answers.find(({ guard }) => guard === 'target-healthy'),
      {
        guard: 'target-healthy',
        kind: 'pass',
        why: 'overridden by the person who asks, although KMS in us-west-2 is degraded: 9 of 20 probes failed',
      },
    );
  });

  it('is nothing for others than persons, for other guards, and for objections that nobody may set aside', () => {
    const asPerson = { start: { by: 'person' } } as const;

    assert.equal(evaluate(circumstancesWith({ verdicts: unwell, start: { by: 'follow-up' }, override })).allowed, false);
    assert.equal(evaluate(circumstancesWith({ ...asPerson, verdicts: unwell, override: ['cooldown'] })).allowed, false);
    assert.equal(evaluate(circumstancesWith({ ...asPerson, switches: thrown, override: ['stop-switch'] })).allowed, false);
  });
});
