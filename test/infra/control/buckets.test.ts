import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { installation } from '../../support/infra/installation.ts';
import { only, properties } from '../../support/infra/properties.ts';

const installed = installation();
const { control } = installed;

describe('The buckets', () => {
  interface BucketProperties {
    readonly BucketName: string;
    readonly ObjectLockEnabled?: boolean;
    readonly ObjectLockConfiguration?: { readonly Rule: { readonly DefaultRetention: { readonly Mode: string; readonly Days: number } } };
    readonly VersioningConfiguration: { readonly Status: string };
    readonly PublicAccessBlockConfiguration: Record<string, boolean>;
    readonly BucketEncryption: { readonly ServerSideEncryptionConfiguration: readonly unknown[] };
    readonly OwnershipControls: { readonly Rules: readonly unknown[] };
    readonly LifecycleConfiguration: {
      readonly Rules: ReadonlyArray<{
        readonly Status: string;
        readonly Prefix?: string;
        readonly ExpirationInDays?: number;
        readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
      }>;
    };
  }
  const buckets = properties<BucketProperties>(control, 'AWS::S3::Bucket');

  it('are two, both closed to the public, versioned and encrypted with the control Region’s key', () => {
    assert.equal(buckets.length, 2);
    for (const bucket of buckets) {
      assert.deepEqual(new Set(Object.values(bucket.PublicAccessBlockConfiguration)), new Set([true]));
      assert.equal(bucket.VersioningConfiguration.Status, 'Enabled');
      const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: installed.stateKeyArn };
      assert.deepEqual(bucket.BucketEncryption.ServerSideEncryptionConfiguration, [
        { BucketKeyEnabled: true, ServerSideEncryptionByDefault: byDefault },
      ]);
      assert.deepEqual(bucket.OwnershipControls.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    }
  });

  it('turn away whoever does not come by TLS', () => {
    for (const policy of properties<{ PolicyDocument: { Statement: { Effect: string; Condition?: { Bool?: Record<string, string> } }[] } }>(
      control,
      'AWS::S3::BucketPolicy',
    ))
      assert.ok(
        policy.PolicyDocument.Statement.some(
          ({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
        ),
      );
  });

  it('forget the runs of a quarter ago and what was overwritten, but neither the fleet file nor an inventory', () => {
    const working = only(buckets.filter(({ BucketName }) => BucketName.includes('working')));
    assert.deepEqual(
      working.LifecycleConfiguration.Rules.map(({ Status, Prefix, ExpirationInDays, NoncurrentVersionExpiration }) => [
        Status,
        Prefix,
        ExpirationInDays,
        NoncurrentVersionExpiration?.NoncurrentDays,
      ]),
      [
        ['Enabled', 'runs/', 90, undefined],
        ['Enabled', undefined, undefined, 30],
      ],
    );
  });

  it('lock evidence for its time, and let it go after that', () => {
    const evidence = only(buckets.filter(({ BucketName }) => BucketName.includes('evidence')));
    assert.equal(evidence.ObjectLockEnabled, true);
    assert.deepEqual(evidence.ObjectLockConfiguration?.Rule.DefaultRetention, { Mode: 'GOVERNANCE', Days: 400 });
    const [rule, ...others] = evidence.LifecycleConfiguration.Rules;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [rule?.Status, rule?.Prefix, rule?.ExpirationInDays, rule?.NoncurrentVersionExpiration],
      ['Enabled', undefined, 401, { NoncurrentDays: 401 }],
    );
  });
});
