import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { NoAnswerError } from '../../../cli/aws/no-answer.ts';
import { RefusedByAwsError } from '../../../cli/aws/refused.ts';
import { callOperator, endpointOf } from '../../../cli/operator/call.ts';
import { answeringAlike } from '../../support/answers-alike.ts';
import { setAwsEnvironment } from '../../support/aws-environment.ts';

const stop = (url: string) => callOperator('stop', url, { fleet: 'payments', reason: 'x' });
const saying =
  (kind: typeof NoAnswerError | typeof RefusedByAwsError, ...sentences: readonly RegExp[]) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof kind, String(error));
    for (const sentence of sentences) assert.match(error.message, sentence);
    return true;
  };

describe('A call of the operator’s endpoint', () => {
  beforeEach(() => setAwsEnvironment({ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' }));

  it('gives our own answers back, whatever their status', async () => {
    const answer = { status: 409, body: '{"message":"There is nothing to stop."}' };
    assert.deepEqual(await answeringAlike(answer, stop), { status: 409, message: 'There is nothing to stop.' });
  });

  it('says of what IAM denies which right is missing, and whose credentials asked', () =>
    assert.rejects(
      answeringAlike({ status: 403, body: '{"Message":"Forbidden"}' }, stop),
      saying(
        RefusedByAwsError,
        /nothing was stopped: AWS answered "Forbidden"/,
        /access key AKIDEXAMPLE; `aws sts get-caller-identity` says whose it is/,
        /managed policy mrk-failover-stop-us-east-1 gives it: lambda:InvokeFunctionUrl and lambda:InvokeFunction/,
      ),
    ));

  it('without credentials says so, where they are looked for, and that nothing was sent', async () => {
    setAwsEnvironment({ AWS_PROFILE: 'ops' });
    await assert.rejects(
      stop('https://abc.lambda-url.eu-central-1.on.aws/'),
      saying(
        NoAnswerError,
        /No AWS credentials were found, so nothing was sent, and nothing was stopped\./,
        /AWS_ACCESS_KEY_ID.*the profile "ops" of AWS_PROFILE.*aws sso login/,
      ),
    );
  });

  it('says of TLS that fails that it is that, and that nothing is known', () =>
    assert.rejects(
      answeringAlike({ status: 200, body: '' }, (url) => stop(url.replace('http:', 'https:'))),
      saying(NoAnswerError, /was not reached: TLS was not agreed on \(.+\)/, /Nothing is known to have been stopped\. Ask again/),
    ));

  for (const [what, status, body] of [
    ['a page', 200, '<html>sign in</html>'],
    ['nothing', 200, ''],
    ['JSON that is none of ours', 200, '{"ok":true}'],
    ['a failure of Lambda', 502, '{"Message":"Internal Server Error"}'],
    ['a failure of something between', 503, 'no healthy upstream'],
  ] as const)
    it(`takes ${what} with status ${status} for no answer: nothing is known, whatever the status says`, () =>
      assert.rejects(
        answeringAlike({ status, body }, stop),
        saying(
          NoAnswerError,
          new RegExp(`answered with status ${status}, and not in the words of mrk-failover`),
          /Nothing is known to have been stopped/,
        ),
      ));
});

describe('the endpoint of a right', () => {
  it('is the function URL’s own host, and its Region is in the name', () => {
    const { url, region } = endpointOf('stop', 'https://abc123.lambda-url.eu-central-1.on.aws/');
    assert.deepEqual([url.href, region], ['https://abc123.lambda-url.eu-central-1.on.aws/stop', 'eu-central-1']);
  });

  for (const url of ['https://example.org/', 'http://abc123.lambda-url.eu-central-1.on.aws/', 'abc123.lambda-url.eu-central-1.on.aws'])
    it(`does not sign a call to ${url}`, () => assert.throws(() => endpointOf('stop', url), /expected the https URL of a Lambda function/));

  it('has to be named, and it is said how', () =>
    assert.throws(() => endpointOf('approve', undefined), /--url, or MRK_FAILOVER_APPROVE_URL/));
});
