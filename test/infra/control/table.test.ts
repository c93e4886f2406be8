import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { installation } from '../../support/infra/installation.ts';
import { only, properties } from '../../support/infra/properties.ts';
import { resourcesOf, stackNamed } from '../../support/infra/stacks.ts';

const { stacks, control } = installation();
const second = stackNamed(stacks, 'mrk-failover-control-eu-west-2');

describe('The table', () => {
  it('is one for both control Regions, strongly consistent, with its witness; the second stack has none of its own', () => {
    const table = only(
      properties<{
        MultiRegionConsistency: string;
        GlobalTableWitnesses: unknown;
        BillingMode: string;
        SSESpecification: unknown;
        Replicas: {
          Region: string;
          DeletionProtectionEnabled: boolean;
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: boolean };
        }[];
        TimeToLiveSpecification?: unknown;
      }>(control, 'AWS::DynamoDB::GlobalTable'),
    );
    assert.equal(table.MultiRegionConsistency, 'STRONG');
    assert.deepEqual([table.BillingMode, table.SSESpecification], ['PAY_PER_REQUEST', { SSEEnabled: false }]);
    assert.ok(table.Replicas.every(({ PointInTimeRecoverySpecification: pitr }) => pitr.PointInTimeRecoveryEnabled));
    assert.deepEqual(table.GlobalTableWitnesses, [{ Region: 'eu-west-3' }]);
    assert.deepEqual(table.Replicas.map(({ Region }) => Region).sort(), ['eu-central-1', 'eu-west-2']);
    assert.ok(table.Replicas.every(({ DeletionProtectionEnabled }) => DeletionProtectionEnabled));
    assert.equal(table.TimeToLiveSpecification, undefined);
    const kept = resourcesOf(control, 'AWS::DynamoDB::GlobalTable').map(([, { DeletionPolicy }]) => DeletionPolicy);
    assert.deepEqual(kept, ['Retain']);
    assert.deepEqual(resourcesOf(second, 'AWS::DynamoDB::GlobalTable'), []);
  });

  it('is keyed by kind and id, as the adapter reads and writes it', () => {
    const { KeySchema } = only(properties<{ KeySchema: unknown }>(control, 'AWS::DynamoDB::GlobalTable'));
    assert.deepEqual(KeySchema, [
      { AttributeName: 'kind', KeyType: 'HASH' },
      { AttributeName: 'id', KeyType: 'RANGE' },
    ]);
  });
});
