import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedAt, expectedNameAt, fieldsAt } from '../../../core/fleet/schema-at.ts';

describe('The schema of the fleet file, asked by path', () => {
  it('knows what it expects through lists, names, defaults and choices', () => {
    assert.equal(expectedAt(['fleets', 'any', 'services', 3]), 'a service code of AWS Health in capitals, such as KMS');
    assert.equal(expectedAt(['fleets', 'any', 'keys', 'tags', 'team']), 'a tag value in quotes, at most 256 characters');
    assert.equal(expectedAt(['fleets', 'any', 'keys', 'ids']), 'a list of key IDs or key ARNs, 1 to 10000');
  });

  it('says no more than that where there is nothing', () => {
    assert.equal(expectedAt(['fleets', 'any', 'colour', 'red']), 'something else');
    assert.equal(expectedAt(['fleets', 'any', 'home', 'sweet']), 'something else');
    assert.equal(expectedNameAt(['fleets', 'any']), 'another name');
    assert.deepEqual(fieldsAt(['fleets', 'any', 'home']), []);
  });

  it('knows what names may be where they are free', () => {
    assert.equal(expectedNameAt(['fleets', 'any', 'keys', 'tags']), 'a tag key of 1 to 128 characters');
  });

  it('knows the fields of every way of selecting keys', () => {
    assert.deepEqual(fieldsAt(['fleets', 'any', 'keys']), ['all', 'aliases', 'tags', 'ids']);
    assert.deepEqual(fieldsAt([]), ['fleets']);
  });
});
