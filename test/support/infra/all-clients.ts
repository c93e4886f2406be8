import { ConditionalCheckFailedException, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { KMSClient, UpdatePrimaryRegionCommand } from '@aws-sdk/client-kms';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListServiceQuotasCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { ExecutionAlreadyExists, ExecutionDoesNotExist, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { answering, type WireAnswer, type WireRequest } from '../answering.ts';

// One call of each kind that the functions make, by clients that are made as they make them. Tests run this file as it is and as it
// is bundled, and compare.

/** A request with the address that it was sent to. */
export type AddressedRequest = WireRequest & { readonly protocol: string; readonly hostname: string; readonly port?: number };

export interface Circumstances {
  readonly region: string;
  readonly bucket: string;
  readonly endpoint?: string;
  readonly useDualstackEndpoint?: boolean;
  readonly answer: (request: AddressedRequest) => WireAnswer;
}

/** What is to be known of an error that a call ended with. */
export interface Ending {
  readonly call: string;
  readonly name: string;
  readonly message: string;
  readonly fault: unknown;
  readonly status: unknown;
  readonly attempts: unknown;
  readonly classes: readonly string[];
}

/** The classes of errors that adapters ask for. */
const CLASSES = { ConditionalCheckFailedException, ExecutionAlreadyExists, ExecutionDoesNotExist, NoSuchKey, NotFound };

/** Two attempts of what may be tried again, without a pause. */
const retryStrategy = new ConfiguredRetryStrategy(2, 0);

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' };

const calls = ({ answer, bucket, ...place }: Circumstances): Readonly<Record<string, () => Promise<unknown>>> => {
  const requestHandler = {
    handle: async (request: AddressedRequest) => answering((wire) => answer({ ...request, ...wire })).handle(request),
  };
  const config = { credentials: CREDENTIALS, retryStrategy, ...place, requestHandler };
  const s3 = new S3Client(config);
  const dynamo = new DynamoDBClient(config);
  const item = { kind: { S: 'lease' }, id: { S: 'payments' } };
  const file = { Bucket: bucket, Key: 'runs/a b/run+1.json' };
  return {
    get: async () => (await s3.send(new GetObjectCommand(file))).Body?.transformToString(),
    list: () => s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'runs/', ContinuationToken: 'next' })),
    put: () => s3.send(new PutObjectCommand({ ...file, Body: Buffer.from('{}'), Metadata: { mark: 'm' }, IfNoneMatch: '*' })),
    getItem: () => dynamo.send(new GetItemCommand({ TableName: 'table', Key: item, ConsistentRead: true })),
    putItem: () => dynamo.send(new PutItemCommand({ TableName: 'table', Item: item, ConditionExpression: 'attribute_not_exists(kind)' })),
    putEvents: () => new EventBridgeClient(config).send(new PutEventsCommand({ Entries: [{ Source: 'mrk-failover', Detail: '{}' }] })),
    promote: () => new KMSClient(config).send(new UpdatePrimaryRegionCommand({ KeyId: 'mrk-1', PrimaryRegion: 'us-west-2' })),
    tags: () => new ResourceGroupsTaggingAPIClient(config).send(new GetResourcesCommand({ ResourcesPerPage: 100 })),
    quotas: () => new ServiceQuotasClient(config).send(new ListServiceQuotasCommand({ ServiceCode: 'kms' })),
    start: () => new SFNClient(config).send(new StartExecutionCommand({ stateMachineArn: 'arn', name: 'run', input: '{}' })),
    assume: fromTemporaryCredentials({
      masterCredentials: CREDENTIALS,
      params: { RoleArn: 'arn:aws:iam::111122223333:role/member', RoleSessionName: 'run' },
      clientConfig: config,
    }),
  };
};

const endingOf = (call: string, error: unknown): Ending => {
  if (!(error instanceof Error)) throw error;
  const { $fault: fault, $metadata } = error as { readonly $fault?: unknown; readonly $metadata?: Readonly<Record<string, unknown>> };
  const classes = Object.entries(CLASSES).flatMap(([name, each]) => (error instanceof each ? [name] : []));
  return {
    call,
    name: error.name,
    message: error.message,
    fault,
    status: $metadata?.httpStatusCode,
    attempts: $metadata?.attempts,
    classes,
  };
};

/** Makes every call, and tells how each ended that did not succeed. */
export const endingsOf = async (circumstances: Circumstances): Promise<readonly Ending[]> => {
  const endings = Object.entries(calls(circumstances)).map(([name, call]) =>
    call().then(
      () => [],
      (error: unknown) => [endingOf(name, error)],
    ),
  );
  return (await Promise.all(endings)).flat();
};
