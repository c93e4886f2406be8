import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import validate from 'asl-validator';
import definition from '../../statemachine/failover.asl.json' with { type: 'json' };
import { FACTS } from '../../statemachine/lint/facts.ts';
import { lintDefinition } from '../../statemachine/lint/lint.ts';
import { placedStates } from '../../statemachine/lint/walk.ts';

describe('The deployed state machine', () => {
  it('passes the public validator', () => {
    const { isValid, errorsText } = validate(structuredClone(definition));

    assert.ok(isValid, errorsText());
  });

  it('keeps every rule of our own', () => {
    assert.deepEqual(lintDefinition(definition, FACTS), []);
  });

  it('needs every exception from the rules that it is granted', () => {
    const granted = [...FACTS.retryExceptions, ...FACTS.catchExceptions].sort();
    const found = lintDefinition(definition, { functionTimeoutSeconds: FACTS.functionTimeoutSeconds }).map(
      ({ rule, state }) => `${rule} ${state}`,
    );

    assert.deepEqual([...new Set(found)].map((finding) => finding.split(' ')[1]).sort(), granted);
  });

  it('calls each function of the chain', () => {
    const called = new Set(
      placedStates(definition).flatMap(({ state }) => JSON.stringify(state.Parameters ?? null).match(/[A-Z][a-z]+(?=FunctionArn)/g) ?? []),
    );

    assert.deepEqual([...called].sort(), ['Plan', 'Poll', 'Precheck', 'Promote', 'Report', 'Stage', 'Verify']);
  });
});
