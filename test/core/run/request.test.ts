import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseRunRequest } from '../../../core/run/request.ts';
import { requestWith } from '../../support/runs.ts';

const raw = (changes: Readonly<Record<string, unknown>> = {}): unknown => ({ ...requestWith(), ...changes });
const without = (field: string): unknown => Object.fromEntries(Object.entries(requestWith()).filter(([name]) => name !== field));
const problemsOf = (input: unknown): readonly string[] => {
  const parsed = parseRunRequest(input);
  return 'problems' in parsed ? parsed.problems : [];
};

describe('A run’s input', () => {
  it('is the five fields and nothing else', () => assert.deepEqual(parseRunRequest(raw()), { request: requestWith() }));

  it('may have spaces around its texts, as hands type them', () =>
    assert.deepEqual(parseRunRequest(raw({ fleet: ' payments ', incident: 'INC-1\n' })), { request: requestWith() }));
});

const wrong: ReadonlyArray<{ case: string; input: unknown; problems: readonly string[] }> = [
  {
    case: 'an operation that does not exist',
    input: raw({ operation: 'promote' }),
    problems: ['operation: expected one of failover, failback, switchover, drill; got "promote".'],
  },
  { case: 'no fleet', input: without('fleet'), problems: ['fleet: expected the name of a fleet of the fleet file; got nothing.'] },
  {
    case: 'an empty incident',
    input: raw({ incident: '  ' }),
    problems: [
      'incident: expected the incident or request that this run is for, for example a ticket number, not an empty text; got "  ".',
    ],
  },
  {
    case: 'a target that is no Region code',
    input: raw({ target: 'Oregon' }),
    problems: ['target: expected a Region code such as us-west-2; got "Oregon".'],
  },
  { case: 'no source', input: without('source'), problems: ['source: expected a Region code such as us-west-2; got nothing.'] },
  { case: 'a number for a Region', input: raw({ target: 2 }), problems: ['target: expected a Region code such as us-west-2; got 2.'] },
  {
    case: 'a field too many',
    input: raw({ dryRun: true }),
    problems: ['dryRun: is not a field of a run’s input; expected only fleet, operation, source, target, incident.'],
  },
  {
    case: 'no object at all',
    input: 'payments',
    problems: ['The run’s input: expected an object with the fields fleet, operation, source, target, incident; got "payments".'],
  },
  {
    case: 'nothing',
    input: undefined,
    problems: ['The run’s input: expected an object with the fields fleet, operation, source, target, incident; got nothing.'],
  },
];

describe('A run’s input is refused, in a sentence per field,', () => {
  for (const { case: title, input, problems } of wrong) it(`with ${title}`, () => assert.deepEqual(parseRunRequest(input), { problems }));

  it('with everything wrong, and all of it is told', () =>
    assert.deepEqual(
      problemsOf({ operation: 1, source: 2, target: 3 }).map((problem) => problem.split(':')[0]),
      ['fleet', 'operation', 'source', 'target', 'incident'],
    ));

  it('with a text of a hundred pages, of which the sentence shows the beginning only', () => {
    const [problem = '', ...more] = problemsOf(raw({ incident: 'x'.repeat(200_000) }));

    assert.match(problem, /^incident: expected .* of at most 1,024 characters; got "x+…\.$/);
    assert.ok(problem.length < 400, String(problem.length));
    assert.deepEqual(more, []);
  });
});
