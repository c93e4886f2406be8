import { CfnEventBusPolicy, EventBus } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, Effect, OrganizationPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, type IDependable } from 'constructs';
import { NAMED_ACCOUNTS_MAX } from '../deployment/named-accounts.ts';
import { PREFIX } from '../names.ts';
import type { ControlPlace } from './key.ts';

/** What sensors send on: everything else that claims to be a signal is turned away. */
export const SIGNAL_SOURCES = ['aws.health', 'aws.kms', 'aws.cloudwatch'] as const;

/**
 * The bus that signals come in on and lifecycle events go out on. Member accounts may forward what their sensors' rules caught, and
 * nothing that they made up: `events:eventBusInvocation` is true only for what EventBridge itself sends from bus to bus, and nobody
 * outside AWS can make an event with a source that begins with `aws.`.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export const createBus = (
  scope: Construct,
  { account }: ControlPlace,
  memberAccounts: readonly string[],
  organizationId: string | undefined,
): EventBus => {
  const bus = new EventBus(scope, 'Bus', { eventBusName: PREFIX, description: 'Signals in, lifecycle events out.' });
  const { policyDependable } = bus.addToResourcePolicy(
    new PolicyStatement({
      sid: 'SensorsOfMembers',
      effect: Effect.ALLOW,
      principals:
        organizationId === undefined || memberAccounts.length <= NAMED_ACCOUNTS_MAX
          ? [...new Set([...memberAccounts, account])].map((each) => new AccountPrincipal(each))
          : [new OrganizationPrincipal(organizationId)],
      actions: ['events:PutEvents'],
      resources: [bus.eventBusArn],
      conditions: {
        Bool: { 'events:eventBusInvocation': 'true' },
        'ForAllValues:StringEquals': { 'events:source': [...SIGNAL_SOURCES] },
        Null: { 'events:source': 'false' },
        ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::*:role/${PREFIX}-sensor-*` },
      },
    }),
  );
  withoutOldPrincipal(policyDependable);
  return bus;
};

/**
 * cdk-nag looks whether a bus policy has the property from before there were statements, and the CDK warns whoever looks. Ours has
 * none, and says so itself.
 */
const withoutOldPrincipal = (policy: IDependable | undefined): void => {
  const resources = policy instanceof Construct ? policy.node.findAll() : [];
  for (const resource of resources)
    if (resource instanceof CfnEventBusPolicy) Object.defineProperty(resource, 'principal', { value: undefined });
};
