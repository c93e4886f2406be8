import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GUARDS } from '../../../core/decision/guards/guards.ts';
import { RULES, type Rule } from '../../../core/decision/rules.ts';

describe('The rules', () => {
  it('have every objection of every guard, under a code that no other has', () => {
    const codes = GUARDS.flatMap(({ objections }) => Object.keys(objections));

    assert.equal(new Set(codes).size, codes.length);
    for (const { objections } of GUARDS) {
      for (const [code, { turnsInto, means, liftedBy }] of Object.entries(objections))
        assert.deepEqual(new Map<string, Rule>(Object.entries(RULES)).get(code), { decision: turnsInto, means, liftedBy });
    }
  });

  it('say what lifts whatever keeps a run from starting', () => {
    const silent = Object.entries<Rule>(RULES).filter(([, { decision, liftedBy }]) => /approve|observe/.test(decision) && !liftedBy);

    assert.deepEqual(silent, []);
  });
});
