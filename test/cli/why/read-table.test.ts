import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NoAnswerError } from '../../../cli/aws/no-answer.ts';
import { RefusedByAwsError } from '../../../cli/aws/refused.ts';
import { readTable } from '../../../cli/why/read-table.ts';
import { WrongUseError } from '../../../cli/wrong-use.ts';
import { answeringAlike } from '../../support/answers-alike.ts';
import { setAwsEnvironment } from '../../support/aws-environment.ts';
import { closedUrl } from '../../support/closed-url.ts';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const REGION = { AWS_REGION: 'eu-central-1' };
const KNOWN = { ...CREDENTIALS, ...REGION };
const refusal = (name: string, message: string) => ({
  status: 400,
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message }),
});

describe('The table of an installation', () => {
  for (const [title, answer, env, kind, sentence] of [
    [
      'asked for without a Region',
      refusal('', ''),
      CREDENTIALS,
      WrongUseError,
      /--region: expected the Region of the table; neither it nor AWS_REGION/,
    ],
    ['asked for without credentials', refusal('', ''), REGION, NoAnswerError, /No AWS credentials were found, so nothing was read\./],
    [
      'that is not there',
      refusal('ResourceNotFoundException', 'Requested resource not found'),
      KNOWN,
      WrongUseError,
      /--table: there is no table nope in eu-central-1 for the account that asks.*access key AKIDEXAMPLE/,
    ],
    [
      'that may not be read',
      refusal('AccessDeniedException', 'User: arn:aws:iam::111122223333:user/a is not authorized.'),
      KNOWN,
      RefusedByAwsError,
      /not allowed to read table nope in eu-central-1: it takes dynamodb:Query.*AWS answered "User: arn:aws:iam::111122223333:user\/a is not authorized"/,
    ],
    [
      'that could not have that name',
      refusal('ValidationException', 'tableName must match the pattern'),
      KNOWN,
      WrongUseError,
      /--table: expected the name of a table, such as mrk-failover; got "nope"/,
    ],
    [
      'that DynamoDB fails to read',
      { status: 500, body: '' },
      KNOWN,
      NoAnswerError,
      /DynamoDB in eu-central-1 gave no answer that can be used: .* with status 500.*So nothing is known of what was decided/s,
    ],
  ] as const)
    it(`${title} is a sentence`, () =>
      answeringAlike(answer, async (url) => {
        setAwsEnvironment({ ...env, AWS_ENDPOINT_URL_DYNAMODB: url });
        await assert.rejects(readTable('nope', undefined), (error) => error instanceof kind && sentence.test(error.message));
      }));

  it('asked for in what is no Region is a sentence', async () => {
    setAwsEnvironment(KNOWN);
    await assert.rejects(readTable('nope', 'x y'), /--region: expected a Region such as eu-central-1; got "x y"\./);
  });

  it('that is not reached is a sentence', async () => {
    setAwsEnvironment({ ...KNOWN, AWS_ENDPOINT_URL_DYNAMODB: await closedUrl() });
    await assert.rejects(readTable('nope', undefined), /DynamoDB in eu-central-1 was not reached: it refused the connection\./);
  });
});
