import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from '../nag.ts';
import { PREFIX } from '../names.ts';

/** Where what could not be delivered waits for a person. Each has an alarm. */
export interface Queues {
  /** Signals that the rules could not hand to `trigger`. */
  readonly signals: Queue;
  /** Ticks and drills that the scheduler could not hand to `trigger`. */
  readonly schedules: Queue;
  /** Signals that `trigger` took and failed to decide about, three times. */
  readonly failures: Queue;
  /** Messages that could not be handed to a topic. */
  readonly notices: Queue;
}

/** A queue for what could not be delivered: kept as long as SQS keeps anything, TLS only, encrypted. */
export const deadLetterQueue = (scope: Construct, id: string, queueName: string): Queue => {
  const queue = new Queue(scope, id, {
    queueName,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  acknowledge(queue, { 'AwsSolutions-SQS3': 'This queue is itself where undelivered messages end.' });
  return queue;
};

export const createQueues = (scope: Construct): Queues => ({
  signals: deadLetterQueue(scope, 'UndeliveredSignals', `${PREFIX}-undelivered-signals`),
  schedules: deadLetterQueue(scope, 'UndeliveredSchedules', `${PREFIX}-undelivered-schedules`),
  failures: deadLetterQueue(scope, 'UndecidedSignals', `${PREFIX}-undecided-signals`),
  notices: deadLetterQueue(scope, 'UndeliveredNotices', `${PREFIX}-undelivered-notices`),
});
