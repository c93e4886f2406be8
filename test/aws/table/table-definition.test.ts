import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tableDefinition } from '../../../aws/table/table-definition.ts';

describe("The coordination table's definition", () => {
  it('is keyed by kind, ordered by id, and declares no attribute beyond those two', () => {
    const definition = tableDefinition('coordination');

    assert.equal(definition.TableName, 'coordination');
    assert.deepEqual(
      definition.KeySchema.map(({ AttributeName: name, KeyType: type }) => [name, type]),
      [
        ['kind', 'HASH'],
        ['id', 'RANGE'],
      ],
    );
    assert.deepEqual(
      definition.AttributeDefinitions.map(({ AttributeName: name }) => name),
      ['kind', 'id'],
    );
  });
});
