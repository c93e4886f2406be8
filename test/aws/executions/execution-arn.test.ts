import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { executionArn } from '../../../aws/executions/execution-arn.ts';

const machine = 'arn:aws:states:us-west-2:111122223333:stateMachine:mrk-failover';

describe('The ARN of an execution', () => {
  for (const [what, arn] of [
    ['a state machine', machine],
    ['a version of it', `${machine}:12`],
    ['an alias of it', `${machine}:live`],
  ] as const) {
    it(`follows from the ARN of ${what}`, () => {
      assert.equal(executionArn(arn, 'run-1'), 'arn:aws:states:us-west-2:111122223333:execution:mrk-failover:run-1');
    });
  }

  for (const wrong of ['', 'mrk-failover', 'arn:aws:states:us-west-2:111122223333:execution:mrk-failover:run-1', `${machine}:1:2`]) {
    it(`cannot follow from ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => executionArn(wrong, 'run-1'), /^Error: Expected the ARN of a state machine, .*; got "/);
    });
  }
});
