import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '../../../core/decision/evaluate.ts';
import { GUARDS } from '../../../core/decision/guards/guards.ts';
import { RULES } from '../../../core/decision/rules.ts';
import { survey } from '../../../core/decision/survey.ts';
import { parseSignal } from '../../../core/signal/parse.ts';
import { circumstancesOf, eventOf, fleetsOfRow, type RowOfSignal, readTruthTable, situationOf } from '../../support/truth-table.ts';

const table = readTruthTable(new URL('signals.yaml', import.meta.url));
const rows = [...table.signals, ...table.starts];

const momentOf = (row: RowOfSignal): number => Date.parse(row.now ?? String(eventOf(row).time));

describe('The truth table of signals', () => {
  for (const row of table.signals) {
    it(row.title, () => {
      const reading = parseSignal(eventOf(row));
      if (reading.kind === 'malformed') assert.fail(reading.problems.join('\n'));
      const [proposal, ...more] = survey(reading, fleetsOfRow(table, row), () => situationOf(table, row, momentOf(row)));

      assert.deepEqual(more, []);
      assert.ok(proposal !== undefined);
      const { decision, rule, why, request, judgement } = proposal;
      assert.deepEqual(
        { decision, rule, operation: request?.operation, target: request?.target },
        { decision: row.decision, rule: row.rule, operation: row.operation, target: row.target ?? request?.target },
        why,
      );
      assert.ok(why.includes(row.why), `Expected an explanation with "${row.why}"; got: ${why}`);
      for (const [guard, answer] of Object.entries(row.guards))
        assert.equal(judgement?.answers.find((given) => given.guard === guard)?.kind, answer, `${guard}: ${why}`);
      if (decision === 'start') assert.deepEqual(proposal.liftedBy, []);
      if (decision === 'approve' || decision === 'observe') assert.ok(proposal.liftedBy.length > 0, 'it must say what lifts it');
    });
  }
});

describe('The truth table of runs that no signal asks for', () => {
  for (const row of table.starts) {
    it(row.title, () => {
      const { allowed, answers } = evaluate(circumstancesOf(table, row, Date.UTC(2026, 9, 20, 8)));

      assert.deepEqual(
        { allowed, rules: answers.flatMap((answer) => (answer.kind === 'pass' ? [] : [answer.rule])) },
        { allowed: row.allowed, rules: row.rules },
      );
      const said = answers.map(({ why }) => why ?? '').join('; ');
      assert.ok(said.includes(row.why), `Expected an explanation with "${row.why}"; got: ${said}`);
      for (const [guard, answer] of Object.entries(row.guards))
        assert.equal(answers.find((given) => given.guard === guard)?.kind, answer, said);
    });
  }
});

/** An event without what tells one delivery, account or call from another. */
const withoutIds = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const ids = ['id', 'eventArn', 'communicationId', 'requestID', 'eventID', 'executionArn', 'stateMachineArn', 'resources', 'userIdentity'];
  return Object.fromEntries(Object.entries(value).flatMap(([field, inner]) => (ids.includes(field) ? [] : [[field, withoutIds(inner)]])));
};

describe('The truth table as a whole', () => {
  it('has at least sixty signals', () => assert.ok(table.signals.length >= 60, `${table.signals.length} signals`));

  for (const { name } of GUARDS) {
    it(`has an answer of each kind from the guard ${name}`, () => {
      const kinds = new Set(rows.flatMap(({ guards }) => guards[name] ?? []));

      assert.deepEqual([...kinds].toSorted(), ['pass', 'refuse', 'unknown']);
    });
  }

  it('names guards that exist, and no others', () => {
    const named = new Set(rows.flatMap(({ guards }) => Object.keys(guards)));

    assert.deepEqual([...named].toSorted(), GUARDS.map(({ name }) => name).toSorted());
  });

  it('has every rule, and no rule that does not exist', () => {
    const used = new Set([...table.signals.map(({ rule }) => rule), ...table.starts.flatMap(({ rules }) => rules)]);

    assert.deepEqual([...used].toSorted(), Object.keys(RULES).toSorted());
  });

  it('has no two rows that differ in nothing but IDs and titles', () => {
    const plain = (row: (typeof rows)[number]): string => {
      const { title: _, why: __, guards: ___, ...rest } = row;
      if (!('signal' in rest)) {
        const { allowed: ____, rules: _____, ...asked } = rest;
        return JSON.stringify(asked);
      }
      const { signal: ____, with: _____, decision, rule, operation, target, ...world } = rest;
      return JSON.stringify([withoutIds(eventOf(row as RowOfSignal)), world]);
    };
    const twins = [...Map.groupBy(rows, plain).values()].filter((same) => same.length > 1);

    assert.deepEqual(
      twins.map((same) => same.map(({ title }) => title)),
      [],
    );
    assert.equal(new Set(rows.map(({ title }) => title)).size, rows.length, 'two rows have the same title');
  });
});
