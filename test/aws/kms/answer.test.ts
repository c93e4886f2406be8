import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { answered } from '../../../aws/kms/answer.ts';
import type { FailureCode } from '../../../core/key/failure.ts';
import { jsonAnswer, type WireAnswer } from '../../support/answering.ts';
import { mrk } from '../../support/fleet.ts';
import { clientAnswering } from '../../support/kms.ts';

/** What becomes of a call that is answered so. */
const outcomeOf = (answer: WireAnswer | Error) => {
  const client = clientAnswering(() => {
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return answered(client.send(new DescribeKeyCommand({ KeyId: mrk('1') })).then(() => 'an answer'));
};

const withCode = (code: string, error = new Error('the connection failed')): Error => Object.assign(error, { code });
const named = (name: string): Error => Object.assign(new Error('nothing came'), { name });
const aggregate = new AggregateError([new Error('first address'), new Error('second address')]);

const rows: ReadonlyArray<{ case: string; answer: WireAnswer | Error; code: FailureCode; errorName: string }> = [
  {
    case: 'an error that the service model names',
    answer: jsonAnswer(400, { __type: 'DisabledException', message: `arn:aws:kms:us-east-1:1:key/${mrk('1')} is disabled.` }),
    code: 'disabled',
    errorName: 'DisabledException',
  },
  {
    case: 'an error that the service model does not name',
    answer: jsonAnswer(400, { __type: 'ThrottlingException', message: 'You have exceeded the rate.' }),
    code: 'throttled',
    errorName: 'ThrottlingException',
  },
  {
    case: 'an error whose status says something else than its name',
    answer: jsonAnswer(409, { __type: 'NotFoundException', message: 'Key does not exist' }),
    code: 'not-found',
    errorName: 'NotFoundException',
  },
  { case: 'a 503 without a word', answer: { status: 503 }, code: 'internal', errorName: 'Unknown' },
  { case: 'a 503 page of a load balancer', answer: { status: 503, body: '<html>busy</html>' }, code: 'internal', errorName: 'SyntaxError' },
  {
    case: 'a 200 page of something that is not KMS',
    answer: { status: 200, body: '<html>hello</html>' },
    code: 'internal',
    errorName: 'SyntaxError',
  },
  { case: 'a refused connection', answer: withCode('ECONNREFUSED'), code: 'unreachable', errorName: 'ECONNREFUSED' },
  {
    case: 'refused connections to all of several addresses',
    answer: withCode('ECONNREFUSED', aggregate),
    code: 'unreachable',
    errorName: 'ECONNREFUSED',
  },
  {
    case: 'a certificate of somebody else',
    answer: withCode('ERR_TLS_CERT_ALTNAME_INVALID'),
    code: 'unreachable',
    errorName: 'ERR_TLS_CERT_ALTNAME_INVALID',
  },
  { case: 'no answer in time', answer: named('TimeoutError'), code: 'unreachable', errorName: 'TimeoutError' },
  {
    case: 'no credentials to ask with',
    answer: named('CredentialsProviderError'),
    code: 'our-credentials',
    errorName: 'CredentialsProviderError',
  },
  { case: 'an aborted call', answer: named('AbortError'), code: 'unreachable', errorName: 'AbortError' },
];

describe('A call to KMS', () => {
  it('that succeeds gives what it gave', async () => assert.equal(await outcomeOf(jsonAnswer(200, {})), 'an answer'));

  for (const { case: title, answer, code, errorName } of rows) {
    it(`that meets ${title} gives a failure: ${code}`, async () => {
      const outcome = await outcomeOf(answer);

      assert.ok(typeof outcome !== 'string');
      assert.deepEqual([outcome.kind, outcome.code, outcome.errorName], ['failure', code, errorName]);
    });
  }

  for (const bug of [
    new TypeError('x is not a function'),
    withCode('ERR_INVALID_ARG_TYPE', new TypeError('expected a string')),
    new RangeError('too long'),
  ]) {
    it(`that meets a bug of ours throws it on: ${bug.name} ${bug.message}`, async () => {
      await assert.rejects(outcomeOf(bug), bug);
    });
  }

  it('that was rejected with something that is no error throws it on', async () => {
    await assert.rejects(answered(Promise.reject('a text')), (thrown) => thrown === 'a text');
  });
});
