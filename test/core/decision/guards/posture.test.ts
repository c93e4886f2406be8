import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { posture } from '../../../../core/decision/guards/posture.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { fleetWith } from '../../../support/fleet.ts';

describe('The posture', () => {
  it('lets a signal start a run of an automatic fleet', () => assert.deepEqual(posture.judge(circumstancesWith()), { kind: 'pass' }));

  for (const stance of ['observe', 'approve'] as const) {
    const fleet = fleetWith({ posture: stance });

    it(`"${stance}" lets no signal start a run, and says what would`, () => {
      assert.deepEqual(posture.judge(circumstancesWith({ fleet })), {
        kind: 'refuse',
        why: `fleet payments has the posture "${stance}", so no signal may move its keys by itself`,
        liftedBy: 'a person who starts the run, or posture: automatic in the fleet file',
      });
    });

    it(`"${stance}" does not bind a person`, () =>
      assert.equal(posture.judge(circumstancesWith({ fleet, automatic: false })).kind, 'pass'));

    it(`"${stance}" does not bind the follow-up of a run that was decided on`, () =>
      assert.equal(posture.judge(circumstancesWith({ fleet, followUp: true })).kind, 'pass'));
  }
});
