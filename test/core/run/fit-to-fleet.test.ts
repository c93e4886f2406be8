import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { region } from '../../../core/region.ts';
import { fitToFleet } from '../../../core/run/fit-to-fleet.ts';
import { fleetWith } from '../../support/fleet.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';

const payments = fleetWith({ standbys: [TARGET, THIRD] });
const fleets = new Map([
  ['payments', payments],
  ['orders', fleetWith()],
]);
type Ask = Parameters<typeof fitToFleet>[0];
const failover: Ask = { fleet: 'payments', operation: 'failover' };

const fitting: ReadonlyArray<{ case: string; ask: Ask }> = [
  { case: 'a failover to wherever the fleet goes first', ask: failover },
  { case: 'a failover to a standby', ask: { ...failover, target: THIRD } },
  { case: 'a failover home', ask: { ...failover, target: SOURCE } },
  { case: 'a failback home', ask: { ...failover, operation: 'failback', target: SOURCE } },
  { case: 'a drill', ask: { ...failover, operation: 'drill' } },
];

const misfits: ReadonlyArray<{ case: string; ask: Ask; problem: string }> = [
  {
    case: 'a fleet that the file does not have',
    ask: { ...failover, fleet: 'paiments' },
    problem: 'fleet: the fleet file has no fleet named "paiments"; it has payments, orders.',
  },
  {
    case: 'a target that is no Region of the fleet',
    ask: { ...failover, target: region('sa-east-1') },
    problem: 'target: fleet payments lives in us-east-1, us-west-2, eu-west-1; got "sa-east-1", where none of its keys may go.',
  },
  {
    case: 'a failback that does not lead home',
    ask: { ...failover, operation: 'failback', target: TARGET },
    problem: 'target: a failback brings the keys home, and the home of fleet payments is us-east-1; got "us-west-2".',
  },
];

describe('What is asked for fits the fleet file', () => {
  for (const { case: title, ask } of fitting)
    it(`when it is ${title}`, () => assert.deepEqual(fitToFleet(ask, fleets), { fleet: payments }));
});

describe('What is asked for does not fit the fleet file', () => {
  for (const { case: title, ask, problem } of misfits)
    it(`when it is ${title}`, () => assert.deepEqual(fitToFleet(ask, fleets), { problems: [problem] }));
});
