import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../examples/refuse-key-deletion.mjs', import.meta.url));
const MRK = 'mrk-0123456789abcdef0123456789abcdef';

const judged = async (plan: string) => {
  const child = spawn(process.execPath, [script]);
  child.stdin.end(plan);
  const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { stderr, status };
};
const terraform = (type: string, actions: readonly string[], before: object | null) => ({
  address: `${type}.it`,
  type,
  change: { actions, before },
});
const cloudFormation = (change: object) => ({
  Type: 'Resource',
  ResourceChange: { ResourceType: 'AWS::KMS::ReplicaKey', LogicalResourceId: 'It', PhysicalResourceId: MRK, ...change },
});

describe('The gate for plans', { concurrency: true }, () => {
  it('refuses each Terraform plan that deletes or replaces a multi-Region key, and names the resource', async () => {
    const plan = {
      resource_changes: [
        terraform('aws_kms_replica_key', ['delete', 'create'], { key_id: MRK }),
        terraform('aws_kms_replica_external_key', ['create', 'delete'], { key_id: MRK }),
        terraform('aws_kms_key', ['delete'], { key_id: MRK }),
        terraform('awscc_kms_replica_key', ['delete'], { id: MRK }),
        terraform('aws_kms_external_key', ['delete'], {}),
      ],
    };
    const { status, stderr } = await judged(JSON.stringify(plan));
    assert.equal(status, 1);
    assert.deepEqual(stderr.trimEnd().split('\n').slice(1), [
      '- aws_kms_replica_key.it: delete and create, a replacement',
      '- aws_kms_replica_external_key.it: create and delete, a replacement',
      '- aws_kms_key.it: delete',
      '- awscc_kms_replica_key.it: delete',
      '- aws_kms_external_key.it: delete',
    ]);
  });

  it('lets a Terraform plan through that forgets, updates or makes such a key, or deletes something else', async () => {
    const plan = {
      resource_changes: [
        terraform('aws_kms_replica_key', ['forget'], { key_id: MRK }),
        terraform('aws_kms_key', ['update'], { key_id: MRK }),
        terraform('aws_kms_replica_key', ['create'], null),
        terraform('aws_kms_key', ['delete'], { key_id: '0123-single-region', arn: 'arn:aws:kms:us-east-1:111122223333:key/0123' }),
        terraform('aws_kms_alias', ['delete'], { target_key_id: MRK }),
      ],
    };
    assert.deepEqual(await judged(JSON.stringify(plan)), { status: 0, stderr: '' });
  });

  it('refuses each change set that removes or replaces a multi-Region key, or may', async () => {
    const Changes = [
      cloudFormation({ Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndDelete' }),
      cloudFormation({ Action: 'Modify', Replacement: 'Conditional' }),
      cloudFormation({ Action: 'Modify', Replacement: 'True', PolicyAction: 'ReplaceAndRetain' }),
      cloudFormation({ Action: 'Remove', PolicyAction: 'Delete' }),
      cloudFormation({ Action: 'Remove', ResourceType: 'AWS::KMS::Key' }),
      cloudFormation({ Action: 'Dynamic' }),
    ];
    const { status, stderr } = await judged(JSON.stringify({ Changes }));
    assert.equal(status, 1);
    assert.deepEqual(stderr.match(/^- It: .*$/gm), [
      '- It: Modify, ReplaceAndDelete, Replacement True',
      '- It: Modify, Replacement Conditional',
      '- It: Modify, ReplaceAndRetain, Replacement True',
      '- It: Remove, Delete',
      '- It: Remove',
      '- It: Dynamic',
    ]);
  });

  it('lets a change set through that changes such a key in place, leaves it behind, or removes something else', async () => {
    const Changes = [
      cloudFormation({ Action: 'Modify', Replacement: 'False' }),
      cloudFormation({ Action: 'Remove', PolicyAction: 'Retain' }),
      cloudFormation({ Action: 'Remove', ResourceType: 'AWS::KMS::Key', PhysicalResourceId: '0123-single-region' }),
      cloudFormation({ Action: 'Remove', ResourceType: 'AWS::S3::Bucket', PhysicalResourceId: 'mrk-bucket' }),
    ];
    assert.deepEqual(await judged(JSON.stringify({ Changes })), { status: 0, stderr: '' });
  });

  for (const [what, plan] of [
    ['nothing', ''],
    ['a plan that is no JSON', 'Plan: 1 to add'],
    ['a document without changes', '{"format_version":"1.2"}'],
    ['a plan that ended in an error', '{"errored":true,"resource_changes":[]}'],
    ['a part of a change set', '{"NextToken":"x","Changes":[]}'],
  ] as const)
    it(`ends with 2 for ${what}: what cannot be judged is not let through`, async () => assert.equal((await judged(plan)).status, 2));
});
