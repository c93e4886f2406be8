import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { targetAllowed } from '../../../../core/decision/guards/target-allowed.ts';
import { known, unknown } from '../../../../core/decision/known.ts';
import { region } from '../../../../core/region.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { requestWith } from '../../../support/runs.ts';

describe('The target', () => {
  it('is a Region of the fleet, and another than the source, whoever asks', () => {
    for (const target of ['ap-south-1', 'us-east-1'].map(region)) {
      const answer = targetAllowed.judge(circumstancesWith({ request: requestWith({ target }), start: { by: 'person' } }));

      assert.deepEqual(answer, {
        kind: 'refuse',
        rule: 'TARGET_NOT_OF_FLEET',
        why: `fleet payments may go from us-east-1 to us-west-2, and not to ${target}`,
        liftedBy: 'a target among the home and the standbys that the fleet file names',
      });
    }
  });

  it('may be the home', () => {
    const request = requestWith({ source: region('us-west-2'), target: region('us-east-1') });

    assert.equal(targetAllowed.judge(circumstancesWith({ request })).kind, 'pass');
  });

  it('is not in an incident itself; incidents elsewhere do not matter', () => {
    const openIn = (where: string) => known([{ incident: 'health-1', region: region(where) }]);

    assert.equal(targetAllowed.judge(circumstancesWith({ incidents: openIn('us-west-2') })).kind, 'refuse');
    assert.equal(targetAllowed.judge(circumstancesWith({ incidents: openIn('us-east-1') })).kind, 'pass');
  });

  it('is uncertain while the incidents cannot be read, which binds only what no person agreed to', () => {
    const incidents = unknown('the table timed out');

    assert.equal(targetAllowed.judge(circumstancesWith({ incidents })).kind, 'unknown');
    assert.equal(targetAllowed.judge(circumstancesWith({ incidents, start: { by: 'person' } })).kind, 'pass');
  });
});
