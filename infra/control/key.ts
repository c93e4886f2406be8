import { RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { PREFIX } from '../names.ts';

/** Where a control stack is. */
export interface ControlPlace {
  readonly account: string;
  readonly region: string;
}

/** What the key of a control Region is called, in every one of them. */
export const STATE_KEY_ALIAS = `alias/${PREFIX}/state`;

/**
 * The key that encrypts the buckets, the logs and the messages of one control Region. It is a single-Region key, which no fleet can
 * hold. One of the user's own is taken as it is: its policy has to say what {@link serviceStatements} says.
 */
export const createKey = (scope: Construct, place: ControlPlace, ownKeyArn: string | undefined): IKey => {
  if (ownKeyArn !== undefined) return Key.fromKeyArn(scope, 'Key', ownKeyArn);
  const key = new Key(scope, 'Key', {
    alias: STATE_KEY_ALIAS,
    description: 'Encrypts the working bucket, the evidence, the logs and the messages of mrk-failover.',
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  for (const statement of serviceStatements(place)) key.addToResourcePolicy(statement);
  return key;
};

/** What the services that encrypt with the key for this installation need in its policy. */
export const serviceStatements = ({ account, region }: ControlPlace): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'LogsOfThisAccount',
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:*${PREFIX}*` } },
  }),
  new PolicyStatement({
    sid: 'MessagesFromAlarms',
    effect: Effect.ALLOW,
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  }),
];
