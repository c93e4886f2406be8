import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fleetFileJsonSchema } from '../../../core/fleet/json-schema.ts';

/** The part of the schema at a path of its own fields. */
const part = (...path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    fleetFileJsonSchema(),
  );

const fleet = ['properties', 'fleets', 'additionalProperties'];

describe('The JSON Schema for editors', () => {
  it('asks for the fields that have no default, and for no others', () => {
    assert.deepEqual(part(...fleet, 'required'), ['accounts', 'keys', 'home', 'standbys']);
  });

  it('knows no further fields, so that an editor underlines a misspelt one', () => {
    assert.equal(part('additionalProperties'), false);
    assert.equal(part(...fleet, 'additionalProperties'), false);
  });

  it('shows choices and defaults', () => {
    assert.deepEqual(part(...fleet, 'properties', 'posture', 'enum'), ['observe', 'approve', 'automatic']);
    assert.equal(part(...fleet, 'properties', 'posture', 'default'), 'approve');
  });
});
