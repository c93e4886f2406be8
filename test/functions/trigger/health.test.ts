import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fleetsOf, incidentWorld } from '../../support/incident-world.ts';
import { TARGET } from '../../support/keys.ts';
import { healthSignal } from '../../support/signals.ts';

describe('A control Region that is the one in trouble', () => {
  const there = { eventRegion: 'us-east-2', eventArn: 'arn:its-own' };
  const fleet = { standbys: [TARGET, 'us-east-2'] };

  it('leaves the decision to its peers', async () => {
    const { give, all, clock, table } = await incidentWorld({ controlRegions: ['us-east-2', 'eu-central-1'], fleet });
    const answers = [];
    for (const decider of all) answers.push(fleetsOf(await give(healthSignal(1, 0, there), decider)).map(({ rule }) => rule));

    assert.deepEqual(answers, [[], ['NO_PRIMARIES_THERE']]);
    assert.equal((await clock.run(table.list('decision'))).length, 1);
  });

  it('decides when there is no other', async () => {
    const { say } = await incidentWorld({ fleet });

    assert.equal((await say(healthSignal(1, 0, there))).rule, 'NO_PRIMARIES_THERE');
  });
});
