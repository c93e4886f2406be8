import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate, GUARDS, objections } from '../../../core/decision/evaluate.ts';
import type { StopSwitch } from '../../../core/decision/guard.ts';
import { circumstancesWith } from '../../support/circumstances.ts';
import { fleetWith } from '../../support/fleet.ts';

const thrown: StopSwitch = { scope: 'fleet', owner: 'alice', reason: 'migration', expiresAt: 0 };

describe('A judgement', () => {
  it('has an answer of every guard, also when all of them pass', () => {
    const judgement = evaluate(circumstancesWith());

    assert.deepEqual(judgement, { allowed: true, answers: GUARDS.map(({ name }) => ({ guard: name, kind: 'pass' })) });
    assert.deepEqual(objections(judgement), []);
  });

  it('is no as soon as one guard does not pass, and the others are asked all the same', () => {
    const judgement = evaluate(circumstancesWith({ switches: [thrown] }));

    assert.equal(judgement.allowed, false);
    assert.deepEqual(
      judgement.answers.map(({ guard, kind }) => [guard, kind]),
      [
        ['posture', 'pass'],
        ['stop-switch', 'refuse'],
      ],
    );
  });

  it('says in a sentence for each objection what lifts it', () => {
    const judgement = evaluate(circumstancesWith({ switches: [thrown], fleet: fleetWith({ posture: 'observe' }) }));

    assert.deepEqual(objections(judgement), [
      'posture: fleet payments has the posture "observe", so no signal may move its keys by itself. What lifts it: a person who starts the run, or posture: automatic in the fleet file.',
      'stop-switch: alice threw the fleet stop switch: migration. What lifts it: taking the switch back, or its expiry at 1970-01-01T00:00:00.000Z.',
    ]);
  });

  it('takes unknown for an objection', () => {
    const answers = [{ guard: 'probe', kind: 'unknown', why: 'nothing answered', liftedBy: 'an answer' }] as const;

    assert.deepEqual(objections({ allowed: false, answers }), ['probe: nothing answered. What lifts it: an answer.']);
  });
});
