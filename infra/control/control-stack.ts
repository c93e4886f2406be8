import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { Region } from '../../core/region.ts';
import { memberAccounts } from '../deployment/places.ts';
import type { Deployment } from '../deployment/schema.ts';
import { createAlarms } from './alarms.ts';
import { createBuckets } from './buckets.ts';
import { createBus } from './bus.ts';
import { copyEvidence } from './copies.ts';
import { createDashboard } from './dashboard.ts';
import type { CodeOf } from './function.ts';
import { createFunctions } from './functions.ts';
import { createKey } from './key.ts';
import { createOperator } from './operator.ts';
import { createPolicies } from './policies.ts';
import { createQueues } from './queues.ts';
import { createSchedules } from './schedules.ts';
import { createSignals } from './signals.ts';
import { createStateMachine } from './state-machine.ts';
import { createTable } from './table.ts';
import { createTopics } from './topics.ts';
import { createWarmUps } from './warm-ups.ts';

/** What a control stack is made for. */
export interface ControlStackProps {
  readonly deployment: Deployment;
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly region: Region;
  readonly codeOf: CodeOf;
}

/** Everything that runs in one control Region. Whatever a function has to know of another is a fixed name, so that parts do not wait for each other. */
export class ControlStack extends Stack {
  constructor(scope: Construct, id: string, { deployment, fleets, region, codeOf }: ControlStackProps) {
    super(scope, id, {
      env: { account: deployment.account, region },
      description: `mrk-failover: the orchestrator in ${region}`,
      terminationProtection: true,
    });
    const place = { account: deployment.account, region };
    const key = createKey(this, place, deployment.encryptionKeys?.[region]);
    const buckets = createBuckets(this, place, key, deployment.evidence);
    const peer = deployment.control.regions.find((each) => each !== region);
    const failedCopies =
      peer === undefined || !deployment.evidence.copies
        ? undefined
        : copyEvidence(this, { place, evidence: buckets.evidence, key, peer, peerKeyArn: deployment.encryptionKeys?.[peer] });
    const isFirst = deployment.control.regions[0] === region;
    if (isFirst) createTable(this, deployment.control);
    const queues = createQueues(this);
    const topics = createTopics(this, key, deployment.notify, place);
    const members = memberAccounts(deployment, fleets);
    const functions = createFunctions(this, {
      place,
      key,
      buckets,
      codeOf,
      deployment,
      memberAccounts: members,
      failures: queues.failures,
    });
    const operator = createOperator(this, functions.operator);
    functions.trigger.function.addEnvironment('OPERATOR_APPROVE_URL', operator.approve.url.url);
    const stateMachine = createStateMachine(this, place, key, functions, deployment.logRetentionDays);
    const bus = createBus(this, place, members, deployment.organizationId);
    createSignals(this, { place, key, bus, trigger: functions.trigger, queues, topics, stateMachine });
    createWarmUps(this, { functions, queues, stateMachine });
    createSchedules(this, { fleets, trigger: functions.trigger, queue: queues.schedules, isFirst });
    createPolicies(this, { place, operator, key, buckets });
    const alarms = createAlarms(this, { deployment, queues, topics, functions, stateMachine, failedCopies });
    createDashboard(this, { fleets: [...fleets.keys()], region, alarms });
  }
}
