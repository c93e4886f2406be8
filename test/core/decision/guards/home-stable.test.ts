import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { homeStable } from '../../../../core/decision/guards/home-stable.ts';
import { known } from '../../../../core/decision/known.ts';
import { region } from '../../../../core/region.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { fleetWith } from '../../../support/fleet.ts';
import { requestWith } from '../../../support/runs.ts';

const request = requestWith({ operation: 'failback', source: region('us-west-2'), target: region('us-east-1') });
const fleet = fleetWith({ failback: { stableMinutes: 30 } });
const { now } = circumstancesWith();

const since = (ms: number) =>
  homeStable.judge(circumstancesWith({ request, fleet, homeHealthySince: known(now - ms), start: { by: 'person' } }));

describe('The home', () => {
  it('has to be well for the fleet’s stability window before a failback, to the millisecond', () => {
    assert.equal(since(30 * 60_000).kind, 'pass');
    assert.deepEqual(since(30 * 60_000 - 1), {
      kind: 'refuse',
      rule: 'HOME_NOT_STABLE',
      why: 'us-east-1 is healthy since 2026-10-20T07:30:00Z, and fleet payments wants that for 30 min',
      liftedBy: 'the end of the stability window at 2026-10-20T08:00:00Z, or a person who overrides home-stable',
    });
  });

  it('is asked about by no other operation, and not when a failback goes on', () => {
    const failover = requestWith();

    assert.equal(homeStable.judge(circumstancesWith({ request: failover, fleet })).kind, 'pass');
    assert.equal(homeStable.judge(circumstancesWith({ request, fleet, start: { by: 'follow-up' } })).kind, 'pass');
  });
});
