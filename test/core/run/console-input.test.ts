import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { region } from '../../../core/region.ts';
import { parseConsoleInput } from '../../../core/run/console-input.ts';

const input = { fleet: 'payments', operation: 'failover', target: region('us-west-2'), reason: 'INC-1' } as const;
const raw = (changes: Readonly<Record<string, unknown>> = {}): unknown => ({ ...input, ...changes });
const without = (field: string): unknown => Object.fromEntries(Object.entries(input).filter(([name]) => name !== field));
const problemsOf = (some: unknown): readonly string[] => {
  const parsed = parseConsoleInput(some);
  return 'problems' in parsed ? parsed.problems : [];
};

describe('What a run is started with', () => {
  it('is at most five fields', () => {
    const five = { ...input, override: ['enough-eligible'] };

    assert.deepEqual(parseConsoleInput(five), { input: five });
  });

  it('needs neither a target nor overrides', () => {
    const three = { fleet: 'payments', operation: 'failback', reason: 'CHG-7' };

    assert.deepEqual(parseConsoleInput(three), { input: three });
  });

  it('may have spaces around its texts, as hands type them', () =>
    assert.deepEqual(parseConsoleInput(raw({ fleet: ' payments ', reason: 'INC-1\n' })), { input }));
});

const fields = 'fleet, operation, target, reason, override';
const wrong: ReadonlyArray<{ case: string; input: unknown; problems: readonly string[] }> = [
  {
    case: 'an operation that does not exist',
    input: raw({ operation: 'promote' }),
    problems: ['operation: expected one of failover, failback, switchover, drill; got "promote".'],
  },
  { case: 'no fleet', input: without('fleet'), problems: ['fleet: expected the name of a fleet of the fleet file; got nothing.'] },
  {
    case: 'an empty reason',
    input: raw({ reason: '  ' }),
    problems: [
      'reason: expected why the run is wanted: the incident or request, for example a ticket number, not an empty text; got "  ".',
    ],
  },
  {
    case: 'a target that is no Region code',
    input: raw({ target: 'Oregon' }),
    problems: ['target: expected a Region code such as us-west-2; got "Oregon".'],
  },
  {
    case: 'a number for a Region',
    input: raw({ target: 2 }),
    problems: ['target: expected a Region code such as us-west-2; got the number 2.'],
  },
  {
    case: 'the source, which is read and not asked',
    input: raw({ source: 'us-east-1' }),
    problems: [`source: is not a field of the run’s input; expected an object with the fields ${fields}.`],
  },
  {
    case: 'no object at all',
    input: 'payments',
    problems: [`the run’s input: expected an object with the fields ${fields}; got "payments".`],
  },
  { case: 'nothing', input: undefined, problems: [`the run’s input: expected an object with the fields ${fields}; got nothing.`] },
];

describe('What a run is started with is refused, in a sentence per field,', () => {
  for (const { case: title, input: some, problems } of wrong)
    it(`with ${title}`, () => assert.deepEqual(parseConsoleInput(some), { problems }));

  for (const override of ['enough-eligible', ['stop-switch'], ['lease'], ['enough-eligible', 'unheard-of'], [7]])
    it(`with ${JSON.stringify(override)} to override, and with the guards that can be`, () => {
      const [problem = '', ...more] = problemsOf(raw({ override }));

      assert.match(
        problem,
        /^override(\.\d)?: expected a (list of guards|guard) that a person may set aside \(.*enough-eligible.*\); got .+\.$/,
      );
      assert.doesNotMatch(problem, /\(.*(stop-switch|lease).*\);/);
      assert.deepEqual(more, []);
    });

  it('with everything wrong, and all of it is told', () =>
    assert.deepEqual(
      problemsOf({ operation: 1, target: 3, override: 4 }).map((problem) => problem.split(':')[0]),
      ['fleet', 'operation', 'target', 'reason', 'override'],
    ));

  it('with a text of a hundred pages, of which the sentence shows the beginning only', () => {
    const [problem = '', ...more] = problemsOf(raw({ reason: 'x'.repeat(200_000) }));

    assert.match(problem, /^reason: expected .* of at most 1,024 characters; got "x+…"\.$/);
    assert.ok(problem.length < 400, String(problem.length));
    assert.deepEqual(more, []);
  });
});
