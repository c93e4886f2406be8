import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Deployment } from '../deployment/schema.ts';
import { PREFIX } from '../names.ts';
import type { ControlPlace } from './key.ts';

/** Where people are told: the installation's own topic, with its e-mail addresses, and the user's topics in this Region. */
export interface Topics {
  readonly own: Topic;
  readonly others: readonly ITopic[];
}

export const createTopics = (scope: Construct, key: IKey, notify: Deployment['notify'], { account, region }: ControlPlace): Topics => {
  const own = new Topic(scope, 'Topic', { topicName: PREFIX, displayName: 'mrk-failover', masterKey: key, enforceSSL: true });
  // A topic with a policy of its own has lost the one that lets its account publish: alarms have to be named.
  own.addToResourcePolicy(
    new PolicyStatement({
      sid: 'AlarmsOfThisAccount',
      effect: Effect.ALLOW,
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [own.topicArn],
      conditions: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:${PREFIX}-*` } },
    }),
  );
  for (const email of notify.emails) own.addSubscription(new EmailSubscription(email));
  const others = notify.topics
    .filter((arn) => arn.startsWith(`arn:aws:sns:${region}:`))
    .map((arn, index) => Topic.fromTopicArn(scope, `Topic${index + 1}`, arn));
  return { own, others };
};
