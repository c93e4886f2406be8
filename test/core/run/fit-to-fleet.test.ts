import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { region } from '../../../core/region.ts';
import { fitToFleet } from '../../../core/run/fit-to-fleet.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { fleetWith } from '../../support/fleet.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

const payments = fleetWith({ standbys: [TARGET, THIRD] });
const fleets = new Map([
  ['payments', payments],
  ['orders', fleetWith()],
]);

const fitting: ReadonlyArray<{ case: string; changes: Partial<RunRequest> }> = [
  { case: 'a failover to a standby', changes: {} },
  { case: 'a failover from one standby to another', changes: { source: TARGET, target: THIRD } },
  { case: 'a failover home', changes: { source: TARGET, target: SOURCE } },
  { case: 'a failback home', changes: { operation: 'failback', source: THIRD, target: SOURCE } },
  { case: 'a drill', changes: { operation: 'drill' } },
];

const strange = region('sa-east-1');
const misfits: ReadonlyArray<{ case: string; changes: Partial<RunRequest>; problems: readonly string[] }> = [
  {
    case: 'a fleet that the file does not have',
    changes: { fleet: 'paiments' },
    problems: ['fleet: the fleet file has no fleet named "paiments"; it has payments, orders.'],
  },
  {
    case: 'a target that is no Region of the fleet',
    changes: { target: strange },
    problems: ['target: fleet payments lives in us-east-1, us-west-2, eu-west-1; got "sa-east-1", where none of its keys may go.'],
  },
  {
    case: 'a source that is no Region of the fleet',
    changes: { source: strange },
    problems: ['source: fleet payments lives in us-east-1, us-west-2, eu-west-1; got "sa-east-1", where none of its keys may go.'],
  },
  {
    case: 'a target that is the source',
    changes: { target: SOURCE },
    problems: ['target: expected another Region than the source; both are "us-east-1", so there would be nothing to move.'],
  },
  {
    case: 'a failback that does not lead home',
    changes: { operation: 'failback', source: SOURCE, target: TARGET },
    problems: ['target: a failback brings the keys home, and the home of fleet payments is us-east-1; got "us-west-2".'],
  },
];

describe('A request fits the fleet file', () => {
  for (const { case: title, changes } of fitting)
    it(`when it asks for ${title}`, () => assert.deepEqual(fitToFleet(requestWith(changes), fleets), { fleet: payments }));
});

describe('A request does not fit the fleet file', () => {
  for (const { case: title, changes, problems } of misfits)
    it(`when it asks for ${title}`, () => assert.deepEqual(fitToFleet(requestWith(changes), fleets), { problems }));

  it('in more ways than one, and all of them are told', () => {
    const { problems } = { problems: [], ...fitToFleet(requestWith({ operation: 'failback', source: strange, target: strange }), fleets) };

    assert.deepEqual(
      problems.map((problem: string) => problem.split(':')[0]),
      ['source', 'target', 'target', 'target'],
    );
  });
});
