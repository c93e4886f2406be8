import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment/schema.ts';
import { acknowledge } from '../nag.ts';
import { bucketNameOf } from '../names.ts';
import type { ControlPlace } from './key.ts';

export interface Buckets {
  readonly working: Bucket;
  readonly evidence: Bucket;
}

/** What the runs of a quarter leave behind is plenty to look back at; the evidence stays. */
const RUNS_KEPT_DAYS = 90;
const NONCURRENT_KEPT_DAYS = 30;

/** The working bucket (fleet file, inventory, batches) and, apart from it, the evidence, which may not be changed or deleted for a time. */
export const createBuckets = (
  scope: Construct,
  { account, region }: ControlPlace,
  key: IKey,
  evidence: Deployment['evidence'],
): Buckets => {
  const common: BucketProps = {
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  };
  const period = Duration.days(evidence.retentionDays);
  const buckets = {
    working: new Bucket(scope, 'WorkingBucket', {
      ...common,
      bucketName: bucketNameOf('working', account, region),
      lifecycleRules: [
        { id: 'old-runs', prefix: 'runs/', expiration: Duration.days(RUNS_KEPT_DAYS) },
        {
          id: 'old-versions',
          noncurrentVersionExpiration: Duration.days(NONCURRENT_KEPT_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    }),
    evidence: new Bucket(scope, 'EvidenceBucket', {
      ...common,
      bucketName: bucketNameOf('evidence', account, region),
      objectLockEnabled: true,
      objectLockDefaultRetention:
        evidence.lock === 'compliance' ? ObjectLockRetention.compliance(period) : ObjectLockRetention.governance(period),
      lifecycleRules: [
        {
          id: 'after-the-lock',
          // A day more than the lock, which S3 would otherwise have to refuse to break.
          expiration: Duration.days(evidence.retentionDays + 1),
          noncurrentVersionExpiration: Duration.days(evidence.retentionDays + 1),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    }),
  };
  for (const bucket of Object.values(buckets)) {
    acknowledge(bucket, {
      'AwsSolutions-S1':
        'Who reads and writes objects is recorded by CloudTrail data events, which the security guide says how to switch on; a third bucket of access logs would say less.',
    });
  }
  return buckets;
};
