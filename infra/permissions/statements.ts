import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { FunctionName } from '../../core/limits.ts';
import type { ItemKind } from '../../core/ports/table.ts';
import { NAMED_ACCOUNTS_MAX } from '../deployment/named-accounts.ts';
import { busArn, type MemberRight, memberRoleName, PREFIX, stateMachineArn, tableArn } from '../names.ts';
import { RIGHTS, type Rights } from './rights.ts';

/** Where a function runs, and what it has there. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly workingBucketArn: string;
  readonly evidenceBucketArn: string;
  /** The key that encrypts both buckets. */
  readonly keyArn: string;
  readonly logGroupArn: string;
  readonly memberAccounts: readonly string[];
  /** Where Lambda puts, with the function's role, what an asynchronous call of it failed at. */
  readonly failuresQueueArn: string;
}

/** `sid` says what a reader of the policy should know; letters and digits only. */
const allow = (sid: string, actions: readonly string[], resources: readonly string[], conditions = {}): readonly PolicyStatement[] =>
  resources.length === 0
    ? []
    : [new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources], conditions })];

/** The statements of a function's own role, from its rights. */
export const statementsOf = (name: FunctionName, place: Surroundings): readonly PolicyStatement[] => {
  const rights = RIGHTS[name];
  return [
    ...tableStatements(rights, tableArn(place.account, place.region)),
    ...storeStatements(rights, place),
    ...(rights.announces
      ? allow('PutsLifecycleEvents', ['events:PutEvents'], [busArn(place.account, place.region)], {
          'ForAllValues:StringEquals': { 'events:source': PREFIX },
          Null: { 'events:source': 'false' },
        })
      : []),
    ...executionStatements(rights, place),
    ...(rights.member === undefined ? [] : memberStatements(rights.member, place)),
    ...(rights.isCalledAsynchronously ? allow('KeepsItsFailures', ['sqs:SendMessage'], [place.failuresQueueArn]) : []),
    ...allow('WritesItsLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], [`${place.logGroupArn}:*`]),
    // X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
    ...allow('SendsTraces', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
  ];
};

/** The role by name in each member account; where these are too many to name, the role of that name in any account of the organization. */
const memberStatements = (right: MemberRight, { memberAccounts }: Surroundings): readonly PolicyStatement[] => {
  const roleIn = (account: string) => `arn:aws:iam::${account}:role/${memberRoleName(right)}`;
  if (memberAccounts.length <= NAMED_ACCOUNTS_MAX) return allow('ActsInMemberAccounts', ['sts:AssumeRole'], memberAccounts.map(roleIn));
  const ofThisOrganization = { StringEquals: { 'aws:ResourceOrgID': `\${aws:PrincipalOrgID}` } };
  return allow('ActsInMemberAccounts', ['sts:AssumeRole'], [roleIn('*')], ofThisOrganization);
};

/** The kind is the table's partition key, so that a right can end at it. */
const tableStatements = ({ table }: Rights, arn: string): readonly PolicyStatement[] => {
  const ofKinds = (sid: string, action: string, kinds: readonly ItemKind[]) =>
    kinds.length === 0
      ? []
      : allow(sid, [action], [arn], {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [...kinds] },
          // Of nothing at all, everything is true.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        });
  return [
    ...ofKinds('ReadsItems', 'dynamodb:GetItem', table.read),
    ...ofKinds('ListsItems', 'dynamodb:Query', table.list),
    ...ofKinds('WritesItems', 'dynamodb:PutItem', table.write),
    ...ofKinds('RemovesItems', 'dynamodb:DeleteItem', table.remove ?? []),
  ];
};

const storeStatements = ({ working, evidence }: Rights, place: Surroundings): readonly PolicyStatement[] => {
  const evidencePaths = `${place.evidenceBucketArn}/evidence/*`;
  const read = [...working.read.map((path) => `${place.workingBucketArn}/${path}`), ...(evidence.read ? [evidencePaths] : [])];
  const written = [...working.write.map((path) => `${place.workingBucketArn}/${path}`), ...(evidence.write ? [evidencePaths] : [])];
  // Without it S3 calls a document that is not there a forbidden one.
  const listed = [...(working.read.length > 0 ? [place.workingBucketArn] : []), ...(evidence.read ? [place.evidenceBucketArn] : [])];
  const throughS3 = { StringEquals: { 'kms:ViaService': `s3.${place.region}.amazonaws.com` } };
  return [
    ...allow('ReadsDocuments', ['s3:GetObject'], read),
    ...allow('WritesDocuments', ['s3:PutObject'], written),
    ...allow('ListsDocuments', ['s3:ListBucket'], listed),
    ...(read.length > 0 ? allow('DecryptsDocuments', ['kms:Decrypt'], [place.keyArn], throughS3) : []),
    ...(written.length > 0 ? allow('EncryptsDocuments', ['kms:GenerateDataKey'], [place.keyArn], throughS3) : []),
  ];
};

const executionStatements = ({ executions }: Rights, { account, region }: Surroundings): readonly PolicyStatement[] => [
  ...(executions.start ? allow('StartsRuns', ['states:StartExecution'], [stateMachineArn(account, region)]) : []),
  ...(executions.look
    ? allow('LooksAtRuns', ['states:DescribeExecution'], [`arn:aws:states:${region}:${account}:execution:${PREFIX}:*`])
    : []),
];
