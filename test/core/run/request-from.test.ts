import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Region } from '../../../core/region.ts';
import type { ConsoleInput } from '../../../core/run/console-input.ts';
import { inputFor, requestFrom } from '../../../core/run/request-from.ts';
import { fleetWith } from '../../support/fleet.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

/** At home in the source, with two standbys. */
const fleet = fleetWith({ standbys: [TARGET, THIRD] });
const ask = (changes: Partial<ConsoleInput> = {}): ConsoleInput => ({
  fleet: 'payments',
  operation: 'failover',
  reason: 'INC-1',
  ...changes,
});
const primariesIn = (counts: Readonly<Record<string, number>>): ReadonlyMap<Region, number> =>
  new Map(Object.entries(counts) as Array<[Region, number]>);

const ways: ReadonlyArray<{ case: string; input: ConsoleInput; primaries: Readonly<Record<string, number>>; from: Region; to: Region }> = [
  {
    case: 'a failover leaves the Region that has the primaries for the first standby',
    input: ask(),
    primaries: { [SOURCE]: 20 },
    from: SOURCE,
    to: TARGET,
  },
  { case: 'a failover away from a standby goes to the next one', input: ask(), primaries: { [TARGET]: 20 }, from: TARGET, to: THIRD },
  {
    case: 'the source is the Region with most of the primaries',
    input: ask(),
    primaries: { [TARGET]: 9, [SOURCE]: 11 },
    from: SOURCE,
    to: TARGET,
  },
  {
    case: 'the target given is never the source, however many primaries it has',
    input: ask({ target: TARGET }),
    primaries: { [TARGET]: 19, [SOURCE]: 1 },
    from: SOURCE,
    to: TARGET,
  },
  {
    case: 'a target that has every primary already is gone to from home',
    input: ask({ target: THIRD }),
    primaries: { [THIRD]: 20 },
    from: SOURCE,
    to: THIRD,
  },
  { case: 'with nobody who answers the primaries are taken to be at home', input: ask(), primaries: {}, from: SOURCE, to: TARGET },
  { case: 'a failback goes home', input: ask({ operation: 'failback' }), primaries: { [THIRD]: 20 }, from: THIRD, to: SOURCE },
  {
    case: 'a failback of a fleet at home comes from the first standby, and finds nothing to do',
    input: ask({ operation: 'failback' }),
    primaries: { [SOURCE]: 20 },
    from: TARGET,
    to: SOURCE,
  },
  { case: 'a drill goes to the first standby', input: ask({ operation: 'drill' }), primaries: { [SOURCE]: 20 }, from: SOURCE, to: TARGET },
];

describe('What a run shall do follows from what was asked for and where the primaries are:', () => {
  for (const { case: title, input, primaries, from, to } of ways)
    it(title, () => {
      const { operation } = input;

      assert.deepEqual(requestFrom(input, fleet, primariesIn(primaries)), {
        request: requestWith({ operation, source: from, target: to }),
      });
    });

  it('a drill goes where the fleet file says, unless the keys are there', () => {
    const drilling = fleetWith({ standbys: [TARGET, THIRD], drill: { target: THIRD } });
    const targetFrom = (region: Region) => {
      const made = requestFrom(ask({ operation: 'drill' }), drilling, primariesIn({ [region]: 20 }));
      return 'request' in made ? made.request.target : undefined;
    };

    assert.equal(targetFrom(SOURCE), THIRD);
    assert.equal(targetFrom(THIRD), TARGET);
  });

  it('a drill to where every primary is already is refused, since it would move none', () => {
    const { problems } = {
      problems: [],
      ...requestFrom(ask({ operation: 'drill', target: TARGET }), fleet, primariesIn({ [TARGET]: 20 })),
    };

    assert.match(problems.join(), /^target: the primaries of fleet payments are in us-west-2 already/);
  });

  it('a fleet with one standby goes home from there', () => {
    const made = requestFrom(ask({ operation: 'switchover' }), fleetWith(), primariesIn({ [TARGET]: 20 }));

    assert.deepEqual(made, { request: requestWith({ operation: 'switchover', source: TARGET, target: SOURCE }) });
  });
});

it('A request is started with what leads to it again', () => {
  const request = requestWith({ operation: 'switchover', source: THIRD });

  assert.deepEqual(requestFrom(inputFor(request), fleet, primariesIn({ [THIRD]: 3, [SOURCE]: 1 })), { request });
});
