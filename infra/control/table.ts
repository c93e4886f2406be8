import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, MultiRegionConsistency, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment/schema.ts';
import { PREFIX } from '../names.ts';

/**
 * The coordination table: one for the installation. Two control Regions share it as a global table with multi-Region strong
 * consistency, which takes a witness in a third Region and cannot be switched on later; one has a plain table.
 * Its items hold no secrets, and it has to answer when everything else is in trouble: so it is encrypted with the key that DynamoDB
 * owns, and does not depend on KMS in any Region.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/multi-region-strong-consistency-gt.html
 */
export const createTable = (scope: Construct, { regions, witness }: Deployment['control']): TableV2 => {
  const [, second] = regions;
  return new TableV2(scope, 'Table', {
    tableName: PREFIX,
    partitionKey: { name: 'kind', type: AttributeType.STRING },
    sortKey: { name: 'id', type: AttributeType.STRING },
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.dynamoOwnedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...(second === undefined || witness === undefined
      ? {}
      : { multiRegionConsistency: MultiRegionConsistency.STRONG, replicas: [{ region: second }], witnessRegion: witness }),
  });
};
