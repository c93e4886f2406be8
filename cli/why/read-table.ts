import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { handlerWithin } from '../../aws/connections/request-handler.ts';
import { createDynamoTable } from '../../aws/table/dynamo-table.ts';
import type { Decision } from '../../core/decision/decision.ts';
import { awsCredentials } from '../aws/credentials.ts';
import { NoAnswerError } from '../aws/no-answer.ts';
import { askedAs, RefusedByAwsError } from '../aws/refused.ts';
import { whyUnreached, wordsOf } from '../aws/unreached.ts';
import { WrongUseError } from '../wrong-use.ts';
import type { NamedDecision } from './named-decision.ts';

const CALL_MS_MAX = 5_000;
const ATTEMPTS_MAX = 2;

/** Every decision of an installation's coordination table. @throws WrongUseError, RefusedByAwsError, NoAnswerError */
export const readTable = async (tableName: string, given: string | undefined): Promise<readonly NamedDecision[]> => {
  const client = new DynamoDBClient({
    ...(given === undefined ? {} : { region: given }),
    credentials: () => awsCredentials('nothing was read'),
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: handlerWithin(CALL_MS_MAX),
  });
  const region = await client.config.region().catch(() => undefined);
  if (region === undefined)
    throw new WrongUseError([
      given === undefined
        ? '--region: expected the Region of the table; neither it nor AWS_REGION nor your AWS profile names one.'
        : `--region: expected a Region such as eu-central-1; got "${given}".`,
    ]);
  try {
    const decisions = await createDynamoTable({ client, tableName }).list<Decision>('decision');
    return decisions.map(({ id, value }) => ({ id, decision: value }));
  } catch (error) {
    if (error instanceof NoAnswerError) throw error;
    throw inWords(error, tableName, region, await client.config.credentials());
  }
};

/** Names of errors by which AWS says that whoever asks may not, or is not known: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CommonErrors.html */
const REFUSALS: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'IncompleteSignatureException',
  'MissingAuthenticationTokenException',
  'ExpiredTokenException',
]);

/** What AWS's refusal or silence means, as an error whose sentences say it; anything else is a bug of ours, and comes back as it is. */
const inWords = (error: unknown, tableName: string, region: string, { accessKeyId }: { readonly accessKeyId: string }): unknown => {
  if (!(error instanceof Error)) return error;
  if (error.name === 'ResourceNotFoundException')
    return new WrongUseError([
      `--table: there is no table ${tableName} in ${region} for the account that asks. --region names another Region; ${askedAs(accessKeyId, process.env.AWS_PROFILE)}`,
    ]);
  if (error.name === 'ValidationException')
    return new WrongUseError([`--table: expected the name of a table, such as mrk-failover; got "${tableName}" (${wordsOf(error)}).`]);
  if (REFUSALS.has(error.name))
    return new RefusedByAwsError([
      `You are not allowed to read table ${tableName} in ${region}: it takes dynamodb:Query, and for a table under a key of yours kms:Decrypt. AWS answered "${wordsOf(error)}".`,
      askedAs(accessKeyId, process.env.AWS_PROFILE),
    ]);
  const unreached = whyUnreached(error);
  if (unreached !== undefined) return new NoAnswerError([`DynamoDB in ${region} was not reached: ${unreached}.`, NOTHING_KNOWN]);
  const status = statusOf(error);
  if (status === undefined) return error;
  return new NoAnswerError([
    `DynamoDB in ${region} gave no answer that can be used: ${error.name} with status ${status} (${wordsOf(error)}).`,
    NOTHING_KNOWN,
  ]);
};

const NOTHING_KNOWN =
  'So nothing is known of what was decided. Ask again, or in the other control Region with --region: both hold the same table.';

const statusOf = (error: Error): number | undefined => {
  const { $metadata: metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } };
  return metadata?.httpStatusCode;
};
