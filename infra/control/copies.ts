import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from '../nag.ts';
import { bucketNameOf, PREFIX } from '../names.ts';
import { type ControlPlace, STATE_KEY_ALIAS } from './key.ts';

export interface CopyParts {
  readonly place: ControlPlace;
  readonly evidence: Bucket;
  readonly key: IKey;
  /** The other control Region. */
  readonly peer: string;
  /** The user's own key there; the peer's control stack made one when absent. */
  readonly peerKeyArn: string | undefined;
}

const RULE = 'to-the-other-control-region';

/**
 * Has S3 copy each piece of evidence, with its lock, into the evidence bucket of the other control Region, so that what runs did is
 * known after this one is lost. Deletions are not copied. S3 takes the rule only once the other bucket exists.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export const copyEvidence = (scope: Construct, parts: CopyParts): Metric => {
  const { place, evidence, peer, peerKeyArn } = parts;
  const peerBucket = bucketNameOf('evidence', place.account, peer);
  // By name: the bucket waits for the role.
  const ownBucket = bucketNameOf('evidence', place.account, place.region);
  const statements = copierStatements(parts, `arn:aws:s3:::${ownBucket}`, `arn:aws:s3:::${peerBucket}`);
  const role = new Role(scope, 'CopierRole', {
    roleName: `${PREFIX}-copier-${place.region}`,
    description: 'Copies the evidence of mrk-failover to the other control Region.',
    assumedBy: new ServicePrincipal('s3.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': place.account } } }),
    inlinePolicies: { rights: new PolicyDocument({ statements: [...statements] }) },
  });
  acknowledgeWildcards(role, statements, 'Evidence is named after its run, and the key of the other Region is known by its alias alone.');
  (evidence.node.defaultChild as CfnBucket).replicationConfiguration = {
    role: role.roleArn,
    rules: [
      {
        id: RULE,
        status: 'Enabled',
        priority: 1,
        filter: { prefix: '' },
        deleteMarkerReplication: { status: 'Disabled' },
        sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: 'Enabled' } },
        destination: {
          bucket: `arn:aws:s3:::${peerBucket}`,
          encryptionConfiguration: { replicaKmsKeyId: peerKeyArn ?? `arn:aws:kms:${peer}:${place.account}:${STATE_KEY_ALIAS}` },
          metrics: { status: 'Enabled' },
        },
      },
    ],
  };
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
  return new Metric({
    namespace: 'AWS/S3',
    metricName: 'OperationsFailedReplication',
    dimensionsMap: { SourceBucket: ownBucket, DestinationBucket: peerBucket, RuleId: RULE },
    statistic: 'Sum',
    period: Duration.minutes(15),
  });
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html and replication-config-for-kms-objects.html beside it. */
const copierStatements = (
  { place, key, peer, peerKeyArn }: CopyParts,
  ownBucketArn: string,
  peerBucketArn: string,
): readonly PolicyStatement[] => [
  allow('KnowsTheRule', ['s3:GetReplicationConfiguration', 's3:ListBucket'], ownBucketArn),
  allow(
    'ReadsEvidence',
    [
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
      's3:GetObjectRetention',
      's3:GetObjectLegalHold',
    ],
    `${ownBucketArn}/*`,
  ),
  allow('WritesCopies', ['s3:ReplicateObject', 's3:ReplicateTags'], `${peerBucketArn}/*`),
  allow('DecryptsEvidence', ['kms:Decrypt'], key.keyArn, { StringEquals: { 'kms:ViaService': `s3.${place.region}.amazonaws.com` } }),
  allow('EncryptsCopies', ['kms:Encrypt', 'kms:GenerateDataKey'], peerKeyArn ?? `arn:aws:kms:${peer}:${place.account}:key/*`, {
    StringEquals: { 'kms:ViaService': `s3.${peer}.amazonaws.com` },
    ...(peerKeyArn === undefined ? { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': STATE_KEY_ALIAS } } : {}),
  }),
];

const allow = (sid: string, actions: readonly string[], resource: string, conditions = {}): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [resource], conditions });
