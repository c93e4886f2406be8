import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { WARM_UP, WARMED_UP } from '../../core/run/warm-up.ts';
import { EXECUTION_DETAIL_TYPE } from '../../core/signal/execution-change.ts';
import { PREFIX } from '../names.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';

export interface WarmUpParts {
  readonly functions: Functions;
  readonly queues: Queues;
  readonly stateMachine: CfnStateMachine;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html (targets per rule) */
const TARGETS_MAX = 5;
/** Half a minute later the run has come to the functions by itself. */
const WARM_UP_AGE_MAX = Duration.minutes(1);
const WARM_UP_ATTEMPTS_MAX = 2;

/** Starts the functions of the chain while the plan is still made, so that the first key does not wait for each of them in turn. */
export const createWarmUps = (scope: Construct, { functions, queues, stateMachine }: WarmUpParts): void => {
  for (let first = 0; first < WARMED_UP.length; first += TARGETS_MAX) {
    const number = first / TARGETS_MAX + 1;
    new Rule(scope, `RunsThatBegin${number}`, {
      ruleName: `${PREFIX}-runs-that-begin-${number}`,
      description: 'Starts the functions that a run which has just begun will come to.',
      eventPattern: {
        source: ['aws.states'],
        detailType: [EXECUTION_DETAIL_TYPE],
        detail: { stateMachineArn: [stateMachine.ref], status: ['RUNNING'] },
      },
      targets: WARMED_UP.slice(first, first + TARGETS_MAX).map(
        (name) =>
          new LambdaFunction(functions[name].version, {
            event: RuleTargetInput.fromObject(WARM_UP),
            deadLetterQueue: queues.signals,
            maxEventAge: WARM_UP_AGE_MAX,
            retryAttempts: WARM_UP_ATTEMPTS_MAX,
          }),
      ),
    });
  }
};
