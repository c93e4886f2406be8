import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { createEventBridgeBus } from '../../aws/bus/event-bridge-bus.ts';
import { systemClock } from '../../aws/clock/system-clock.ts';
import { createSfnExecutions } from '../../aws/executions/sfn-executions.ts';
import { createKmsClients, type Place } from '../../aws/kms/clients.ts';
import { createKms } from '../../aws/kms/kms.ts';
import { createS3Store } from '../../aws/store/s3-store.ts';
import { createDynamoTable } from '../../aws/table/dynamo-table.ts';
import type { Runtime } from './runtime.ts';
import { parseSettings, type Settings } from './settings.ts';

/** The control plane's own calls: short, three attempts, since each of them may be repeated. */
const CONTROL_CALL_MS_MAX = 5_000;
const CONTROL_ATTEMPTS_MAX = 3;
const CONNECTION_MS_MAX = 3_000;

/** Without throwOnRequestTimeout the handler only warns when the time is up, and lets a late reply through. */
const handlerWithin = (requestTimeout: number): NodeHttpHandler =>
  new NodeHttpHandler({ requestTimeout, connectionTimeout: CONNECTION_MS_MAX, throwOnRequestTimeout: true });

const credentialsFor = (settings: Settings, place: Place) =>
  settings.MEMBER_ROLE_NAME === undefined
    ? {}
    : {
        credentials: fromTemporaryCredentials({
          params: {
            RoleArn: `arn:aws:iam::${place.account}:role/${settings.MEMBER_ROLE_NAME}`,
            RoleSessionName: 'mrk-failover',
            ...(settings.MEMBER_EXTERNAL_ID === undefined ? {} : { ExternalId: settings.MEMBER_EXTERNAL_ID }),
          },
          // Regional STS in the control Region: the Region in trouble is asked for nothing but KMS.
          clientConfig: { region: settings.AWS_REGION },
        }),
      };

/**
 * The runtime of a function on AWS. `AWS_ENDPOINT_URL_<SERVICE>` is honoured by the SDK itself.
 * @throws WrongSettingsError when the environment is not right
 */
export const runtimeFromEnvironment = (environment: Readonly<Record<string, string | undefined>>): Runtime => {
  const settings = parseSettings(environment);
  const clock = systemClock;
  const random = { uniform: Math.random };
  const control = { region: settings.AWS_REGION, maxAttempts: CONTROL_ATTEMPTS_MAX, requestHandler: handlerWithin(CONTROL_CALL_MS_MAX) };
  const clients = createKmsClients({
    clock,
    random,
    connection: (place, requestTimeoutMs) => ({ requestHandler: handlerWithin(requestTimeoutMs), ...credentialsFor(settings, place) }),
  });
  return {
    clock,
    random,
    table: createDynamoTable({ client: new DynamoDBClient(control), tableName: settings.TABLE_NAME }),
    store: createS3Store({ client: new S3Client({ ...control }), bucket: settings.BUCKET_NAME }),
    bus: createEventBridgeBus({ client: new EventBridgeClient(control), busName: settings.BUS_NAME }),
    executions: createSfnExecutions({ client: new SFNClient(control), stateMachineArn: settings.STATE_MACHINE_ARN }),
    kms: createKms(clients, clock),
    log: (message, facts) => console.log(JSON.stringify({ message, ...facts })),
  };
};
