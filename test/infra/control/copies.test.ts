import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isAllowed } from '../../support/infra/evaluate.ts';
import type { IamRequest } from '../../support/infra/iam-requests.ts';
import { installation } from '../../support/infra/installation.ts';
import { rootDecides } from '../../support/infra/proof.ts';
import { resolved } from '../../support/infra/resolve.ts';
import { resourcesOf, type StackTemplate, stackNamed, synthesized } from '../../support/infra/stacks.ts';

interface Replicated {
  readonly BucketName: string;
  readonly ReplicationConfiguration?: {
    readonly Role: string;
    readonly Rules: ReadonlyArray<{
      readonly Status: string;
      readonly Filter: unknown;
      readonly DeleteMarkerReplication: unknown;
      readonly SourceSelectionCriteria: unknown;
      readonly Destination: unknown;
    }>;
  };
}

const buckets = (stack: StackTemplate): readonly Replicated[] =>
  resourcesOf(stack, 'AWS::S3::Bucket').map(([, { Properties }]) => resolved(stack, Properties) as Replicated);
const evidence = (stack: StackTemplate) => buckets(stack).find(({ BucketName }) => BucketName.includes('evidence'));

describe('Copies of the evidence', () => {
  const { stacks, account, roles, stateKeyArn } = installation();

  for (const [region, peer] of [
    ['eu-central-1', 'eu-west-2'],
    ['eu-west-2', 'eu-central-1'],
  ] as const)
    it(`are made of all that there is in ${region}, under the key of ${peer}, and are not deleted with it`, () => {
      const { ReplicationConfiguration } =
        evidence(stackNamed(stacks, `mrk-failover-control-${region}`)) ?? assert.fail('there is no evidence bucket');
      const [rule, ...others] = ReplicationConfiguration?.Rules ?? [];
      assert.deepEqual(others, []);
      assert.equal(ReplicationConfiguration?.Role, `arn:aws:iam::${account}:role/mrk-failover-copier-${region}`);
      assert.deepEqual([rule?.Status, rule?.Filter, rule?.DeleteMarkerReplication], ['Enabled', { Prefix: '' }, { Status: 'Disabled' }]);
      assert.deepEqual(rule?.SourceSelectionCriteria, { SseKmsEncryptedObjects: { Status: 'Enabled' } });
      assert.deepEqual(rule?.Destination, {
        Bucket: `arn:aws:s3:::mrk-failover-evidence-${account}-${peer}`,
        EncryptionConfiguration: { ReplicaKmsKeyID: `arn:aws:kms:${peer}:${account}:alias/mrk-failover/state` },
        Metrics: { Status: 'Enabled' },
      });
    });

  it('have an alarm in the Region that they are made in', () => {
    const stack = stackNamed(stacks, 'mrk-failover-control-eu-west-2');
    const alarms = resourcesOf(stack, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => resolved(stack, Properties)) as ReadonlyArray<{
      readonly AlarmName: string;
      readonly Dimensions?: unknown;
    }>;
    const alarm = alarms.find(({ AlarmName }) => AlarmName === 'mrk-failover-evidence-not-copied-peer');
    assert.deepEqual(alarm?.Dimensions, [
      { Name: 'DestinationBucket', Value: `mrk-failover-evidence-${account}-eu-central-1` },
      { Name: 'RuleId', Value: 'to-the-other-control-region' },
      { Name: 'SourceBucket', Value: `mrk-failover-evidence-${account}-eu-west-2` },
    ]);
  });

  it('are made by a role that reads this Region’s evidence, writes into the other’s bucket under its key, and does no more', async () => {
    const [here, there] = ['eu-central-1', 'eu-west-2'] as const;
    const role = `mrk-failover-copier-${here}`;
    const { policy } = roles.get(role) ?? assert.fail(`there is no role ${role}`);
    const object = (kind: string, where: string) => `arn:aws:s3:::mrk-failover-${kind}-${account}-${where}/evidence/run-1/keys.jsonl`;
    const through = (where: string, alias?: string): IamRequest['context'] => ({
      'kms:ViaService': `s3.${where}.amazonaws.com`,
      ...(alias === undefined ? {} : { 'kms:ResourceAliases': [alias] }),
    });
    const keyThere = `arn:aws:kms:${there}:${account}:key/11111111-1111-4111-8111-111111111111`;
    const rows: ReadonlyArray<readonly [allowed: boolean, action: string, resource: string, context?: IamRequest['context']]> = [
      [true, 's3:GetObjectVersionForReplication', object('evidence', here)],
      [true, 's3:GetObjectRetention', object('evidence', here)],
      [true, 's3:ReplicateObject', object('evidence', there)],
      [true, 'kms:Decrypt', stateKeyArn, through(here)],
      [true, 'kms:Encrypt', keyThere, through(there, 'alias/mrk-failover/state')],
      [false, 's3:GetObjectVersionForReplication', object('working', here)],
      [false, 's3:ReplicateObject', object('evidence', here)],
      [false, 's3:ReplicateObject', object('working', there)],
      [false, 's3:ReplicateDelete', object('evidence', there)],
      [false, 's3:DeleteObject', object('evidence', here)],
      [false, 's3:BypassGovernanceRetention', object('evidence', here)],
      [false, 'kms:Decrypt', stateKeyArn],
      [false, 'kms:Decrypt', keyThere, through(there, 'alias/mrk-failover/state')],
      [false, 'kms:Encrypt', keyThere, through(there, 'alias/payments')],
      [false, 'kms:Encrypt', keyThere, through(there)],
    ];
    const asking = { principal: `arn:aws:iam::${account}:role/${role}`, identity: policy, account };
    for (const [allowed, action, resource, context = {}] of rows) {
      const ofKey = action.startsWith('kms:') ? { resourcePolicy: rootDecides(account) } : {};
      assert.equal(await isAllowed({ ...asking, ...ofKey }, { action, resource, context }), allowed, `${action} on ${resource}`);
    }
  });

  it('are not made of the working bucket', () => {
    for (const stack of stacks)
      for (const { BucketName, ReplicationConfiguration } of buckets(stack))
        assert.equal(ReplicationConfiguration === undefined, BucketName.includes('working'), BucketName);
  });

  it('are made when they are asked for, and leave nothing behind when they are not', () => {
    const plain = stackNamed(synthesized(), 'mrk-failover-control-eu-central-1');
    assert.ok(buckets(plain).every(({ ReplicationConfiguration }) => ReplicationConfiguration === undefined));
    assert.doesNotMatch(JSON.stringify(plain.template.Resources), /copier|OperationsFailedReplication/);
  });
});
