import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SFNClient } from '@aws-sdk/client-sfn';
import { createSfnExecutions } from '../../../aws/executions/sfn-executions.ts';
import { answering, clientBasics, jsonAnswer, type WireAnswer } from '../../support/answering.ts';

const stateMachineArn = 'arn:aws:states:us-east-1:111122223333:stateMachine:mrk-failover';
const executionArn = 'arn:aws:states:us-east-1:111122223333:execution:mrk-failover:run-1';

/** Executions over a Step Functions that always answers the same, and a list of what it was asked. */
const executionsAnswering = (answer: WireAnswer) => {
  const asked: unknown[] = [];
  const requestHandler = answering(({ headers, body }) => {
    asked.push({ action: headers['x-amz-target'], ...JSON.parse(body) });
    return answer;
  });
  return { asked, executions: createSfnExecutions({ client: new SFNClient({ ...clientBasics, requestHandler }), stateMachineArn }) };
};

describe('Executions in Step Functions', () => {
  it('start under the name given, with the input as JSON', async () => {
    const { executions, asked } = executionsAnswering(jsonAnswer(200, { executionArn, startDate: 1_793_000_000 }));

    assert.equal(await executions.start('run-1', { fleet: 'payments' }), 'started');

    assert.deepEqual(asked, [{ action: 'AWSStepFunctions.StartExecution', stateMachineArn, name: 'run-1', input: '{"fleet":"payments"}' }]);
  });

  it('exist when the name was used before', async () => {
    const { executions } = executionsAnswering(jsonAnswer(400, { __type: 'ExecutionAlreadyExists', message: 'Execution Already Exists' }));

    assert.equal(await executions.start('run-1', {}), 'exists');
  });

  it('throw when they cannot be started', async () => {
    const { executions } = executionsAnswering(jsonAnswer(400, { __type: 'InvalidName', message: 'Invalid Name' }));

    await assert.rejects(executions.start('run 1', {}), { name: 'InvalidName' });
  });

  for (const [said, status] of [
    ['RUNNING', 'RUNNING'],
    ['PENDING_REDRIVE', 'RUNNING'],
    ['SUCCEEDED', 'SUCCEEDED'],
    ['FAILED', 'FAILED'],
    ['TIMED_OUT', 'TIMED_OUT'],
    ['ABORTED', 'ABORTED'],
  ]) {
    it(`are ${status} when Step Functions says ${said}`, async () => {
      const { executions, asked } = executionsAnswering(jsonAnswer(200, { executionArn, stateMachineArn, status: said }));

      assert.equal(await executions.status('run-1'), status);

      assert.deepEqual(asked, [{ action: 'AWSStepFunctions.DescribeExecution', executionArn }]);
    });
  }

  it('have no status when nobody knows the name', async () => {
    const { executions } = executionsAnswering(jsonAnswer(400, { __type: 'ExecutionDoesNotExist', message: 'Execution Does Not Exist' }));

    assert.equal(await executions.status('run-1'), undefined);
  });

  it('throw on a status that nobody has heard of, and say which are known', async () => {
    const { executions } = executionsAnswering(jsonAnswer(200, { executionArn, stateMachineArn, status: 'DREAMING' }));

    await assert.rejects(executions.status('run-1'), /one of the statuses RUNNING, .*; got DREAMING\.$/);
  });

  it('throw when their status may not be read', async () => {
    const { executions } = executionsAnswering(jsonAnswer(400, { __type: 'AccessDeniedException', message: 'no' }));

    await assert.rejects(executions.status('run-1'), { name: 'AccessDeniedException' });
  });

  it('refuse at once to be built on something that is not a state machine', () => {
    assert.throws(
      () => createSfnExecutions({ client: new SFNClient(clientBasics), stateMachineArn: executionArn }),
      /Expected the ARN of a state machine/,
    );
  });
});
