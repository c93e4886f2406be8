import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PROOF_CONTEXT } from '../../../core/proof/text.ts';
import { keyPolicyStatements } from '../../../infra/member/key-policy-statements.ts';
import { isAllowed } from '../../support/infra/evaluate.ts';
import { fleetsOf } from '../../support/infra/fleets-of.ts';
import type { IamRequest } from '../../support/infra/iam-requests.ts';
import { installation } from '../../support/infra/installation.ts';
import { documentOf, type Grant, managedPoliciesOf, type PolicyDocument, rolesOf } from '../../support/infra/policies.ts';
import { MEMBER_ACCOUNT, rootDecides } from '../../support/infra/proof.ts';
import { resourcesOf, stackNamed } from '../../support/infra/stacks.ts';
import { TOUR_FLEETS } from '../../support/infra/tour-fleets.ts';

const installed = installation();
const { stacks, control, account, region } = installed;
const observeOnly = rolesOf(stackNamed(stacks, 'mrk-failover-member-observe-only'));
const KEY = 'mrk-0123456789abcdef0123456789abcdef';
const CANARY = 'mrk-00000000000000000000000000000000';

const NOTHING: PolicyDocument = { Version: '2012-10-17', Statement: [] };
const grant = (grants: ReadonlyMap<string, Grant>, name: string): Grant =>
  grants.get(name) ?? assert.fail(`there is no ${name}, only ${[...grants.keys()]}`);

/** A request to KMS on a key of the member account. */
const onKey = (action: string, where: string, context: IamRequest['context'] = {}, keyId = KEY): IamRequest => ({
  action: `kms:${action}`,
  resource: `arn:aws:kms:${where}:${MEMBER_ACCOUNT}:key/${keyId}`,
  context: { 'aws:RequestedRegion': where, ...context },
});
const moveTo = (target: string) => ({ 'kms:PrimaryRegion': target });
const underContext = (context: Readonly<Record<string, string>>) => ({
  ...Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  ...(Object.keys(context).length > 0 ? { 'kms:EncryptionContextKeys': Object.keys(context) } : {}),
});

type Row = readonly [what: string, role: string, request: IamRequest, allowed: boolean];

const MEMBER_ROWS: readonly Row[] = [
  ['describe a key', 'observe', onKey('DescribeKey', 'us-east-1'), true],
  ['move a primary', 'observe', onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('us-west-2')), false],
  ['rehearse a move of the canary key', 'observe', onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('us-east-1'), CANARY), true],
  ['move the canary key', 'observe', onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('us-west-2'), CANARY), false],
  ['rehearse a move of another key', 'observe', onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('us-east-1')), false],
  ['decrypt', 'observe', onKey('Decrypt', 'us-east-1', underContext(PROOF_CONTEXT)), false],
  ['decrypt a proof', 'prove', onKey('Decrypt', 'us-east-1', underContext(PROOF_CONTEXT)), true],
  ['decrypt what has no context', 'prove', onKey('Decrypt', 'us-east-1'), false],
  ['decrypt under a customer’s context', 'prove', onKey('Decrypt', 'us-east-1', underContext({ tenant: '7' })), false],
  [
    'decrypt under the proof’s context and another',
    'prove',
    onKey('Decrypt', 'us-east-1', underContext({ ...PROOF_CONTEXT, tenant: '7' })),
    false,
  ],
  ['move a primary', 'prove', onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('us-west-2')), false],
  ['move a primary between the fleet’s Regions', 'promote', onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('us-west-2')), true],
  ['move a primary somewhere else', 'promote', onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('ap-southeast-2')), false],
  ['move a primary of another Region', 'promote', onKey('UpdatePrimaryRegion', 'eu-north-1', moveTo('us-west-2')), false],
  ['schedule a deletion', 'promote', onKey('ScheduleKeyDeletion', 'us-east-1'), false],
  ['change a key policy', 'promote', onKey('PutKeyPolicy', 'us-east-1'), false],
  [
    'touch a key that is no multi-Region key',
    'promote',
    onKey('UpdatePrimaryRegion', 'us-east-1', moveTo('us-west-2'), '0a1b2c3d-0000-4000-8000-000000000000'),
    false,
  ],
];

describe('The roles in an account that owns keys', () => {
  for (const [what, right, request, allowed] of MEMBER_ROWS)
    it(`${allowed ? 'let' : 'do not let'} ${right} ${what}`, async () => {
      const principal = `arn:aws:iam::${MEMBER_ACCOUNT}:role/mrk-failover-${right}`;
      const { policy } = grant(installed.memberRoles, `mrk-failover-${right}`);
      const asking = { principal, identity: policy, account: MEMBER_ACCOUNT, resourcePolicy: rootDecides(MEMBER_ACCOUNT) };
      assert.equal(await isAllowed(asking, request), allowed);
    });

  it('do no more by the statements for key policies, which stand by themselves', async () => {
    const fleet = fleetsOf(TOUR_FLEETS).get('payments') ?? assert.fail('no fleet');
    const Statement = keyPolicyStatements(fleet, MEMBER_ACCOUNT, 'full').map((statement) => ({ ...statement, Resource: ['*'] }));
    const keyPolicy = { Version: '2012-10-17', Statement } as unknown as PolicyDocument;
    const ofThisKey = MEMBER_ROWS.filter(([what]) => !/canary|another key|of another Region|no multi-Region/.test(what));
    for (const [what, right, request, allowed] of ofThisKey) {
      const principal = `arn:aws:iam::${MEMBER_ACCOUNT}:role/mrk-failover-${right}`;
      const asking = { principal, identity: NOTHING, account: MEMBER_ACCOUNT, resourcePolicy: keyPolicy };
      assert.equal(await isAllowed(asking, request), allowed, `${right}: ${what}`);
    }
  });

  it('are one that only reads, in the observe-only variant', async () => {
    assert.deepEqual([...observeOnly.keys()], ['mrk-failover-observe']);
    const actions = grant(observeOnly, 'mrk-failover-observe').policy.Statement.flatMap(({ Action }) => Action);
    assert.deepEqual([...actions].sort(), [
      'kms:DescribeKey',
      'kms:GetKeyRotationStatus',
      'kms:ListAliases',
      'kms:ListKeys',
      'kms:ListResourceTags',
      'servicequotas:ListServiceQuotas',
      'tag:GetResources',
    ]);
  });

  const assume = (from: string, to: string, externalId = 'change-me-3f9c1e') =>
    isAllowed(
      {
        principal: from,
        identity: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: ['*'] }] },
        account: MEMBER_ACCOUNT,
        resourcePolicy: grant(installed.memberRoles, `mrk-failover-${to}`).trust ?? NOTHING,
      },
      {
        action: 'sts:AssumeRole',
        resource: `arn:aws:iam::${MEMBER_ACCOUNT}:role/mrk-failover-${to}`,
        context: { 'sts:ExternalId': externalId },
      },
    );
  const roleOf = (name: string) => `arn:aws:iam::${account}:role/mrk-failover-${name}-${region}`;

  it('trust the functions that need them, and no other, whatever these are allowed at home', async () => {
    assert.equal(await assume(roleOf('promote'), 'promote'), true);
    for (const name of ['trigger', 'plan', 'stage', 'precheck', 'poll', 'verify', 'report', 'operator'])
      assert.equal(await assume(roleOf(name), 'promote'), false, name);
    assert.equal(await assume(`arn:aws:iam::${account}:role/admin`, 'promote'), false);
  });

  it('ask for the external ID', async () => {
    assert.equal(await assume(roleOf('promote'), 'promote', 'a-guess-of-somebody'), false);
  });
});

describe('The policies for people', () => {
  const machine = `arn:aws:states:${region}:${account}:stateMachine:mrk-failover`;
  const start: IamRequest = { action: 'states:StartExecution', resource: machine, context: {} };
  const door = (right: string): IamRequest => ({
    action: 'lambda:InvokeFunctionUrl',
    resource: `arn:aws:lambda:${region}:${account}:function:mrk-failover-operator:${right}`,
    context: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' },
  });
  const byUrl = (right: string): IamRequest => ({
    ...door(right),
    action: 'lambda:InvokeFunction',
    context: { 'lambda:InvokedViaFunctionUrl': 'true' },
  });
  const directly = (name: string): IamRequest => ({
    action: 'lambda:InvokeFunction',
    resource: `arn:aws:lambda:${region}:${account}:function:${name}`,
    context: {},
  });
  const abort: IamRequest = {
    action: 'states:StopExecution',
    resource: `${machine.replace(':stateMachine:', ':execution:')}:run-1`,
    context: {},
  };
  const fleetFile: IamRequest = {
    action: 's3:PutObject',
    resource: `arn:aws:s3:::mrk-failover-working-${account}-${region}/config/fleets.json`,
    context: {},
  };
  const evidence: IamRequest = {
    action: 's3:PutObject',
    resource: `arn:aws:s3:::mrk-failover-evidence-${account}-${region}/evidence/run-1/summary.json`,
    context: {},
  };
  const cdk: IamRequest = {
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-${region}`,
    context: {},
  };
  const memberRole: IamRequest = {
    action: 'sts:AssumeRole',
    resource: `arn:aws:iam::${MEMBER_ACCOUNT}:role/mrk-failover-promote`,
    context: {},
  };
  const switchItem: IamRequest = {
    action: 'dynamodb:PutItem',
    resource: `arn:aws:dynamodb:${region}:${account}:table/mrk-failover`,
    context: { 'dynamodb:LeadingKeys': ['switch'] },
  };

  const DEEDS: Readonly<Record<string, IamRequest>> = {
    'start a run': start,
    approve: door('approve'),
    'approve (by its URL)': byUrl('approve'),
    stop: door('stop'),
    'stop (by its URL)': byUrl('stop'),
    acknowledge: door('acknowledge'),
    'acknowledge (by its URL)': byUrl('acknowledge'),
    'throw the switch': door('switch'),
    'throw the switch (by its URL)': byUrl('switch'),
    'put the fleet file in place': fleetFile,
    'deploy by the CDK’s roles': cdk,
    'invoke the operator past its URL': directly('mrk-failover-operator:approve'),
    'invoke promote': directly('mrk-failover-promote'),
    'abort an execution': abort,
    'write evidence': evidence,
    'write the table': switchItem,
    'become a member role': memberRole,
  };
  const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    start: ['start a run'],
    approve: ['approve', 'approve (by its URL)'],
    stop: ['stop', 'stop (by its URL)'],
    acknowledge: ['acknowledge', 'acknowledge (by its URL)'],
    switch: ['throw the switch', 'throw the switch (by its URL)'],
    deploy: ['put the fleet file in place', 'deploy by the CDK’s roles'],
  };
  const policies = managedPoliciesOf(control);

  it('are one for each right', () => {
    assert.deepEqual(
      [...policies.keys()].sort(),
      Object.keys(ALLOWED)
        .map((right) => `mrk-failover-${right}-${region}`)
        .sort(),
    );
  });

  it('hold no action more and none less', () => {
    const door = ['lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'];
    const actions = Object.keys(ALLOWED).map((right) => [
      right,
      grant(policies, `mrk-failover-${right}-${region}`)
        .policy.Statement.flatMap(({ Action }) => Action)
        .sort(),
    ]);
    assert.deepEqual(Object.fromEntries(actions), {
      start: ['states:DescribeExecution', 'states:GetExecutionHistory', 'states:StartExecution'],
      approve: door,
      stop: door,
      acknowledge: door,
      switch: door,
      deploy: ['kms:Decrypt', 'kms:GenerateDataKey', 's3:GetObject', 's3:PutObject', 'sts:AssumeRole'],
    });
  });

  for (const [right, allowed] of Object.entries(ALLOWED))
    it(`let whoever may ${right} do that, and nothing else of ${Object.keys(DEEDS).length} deeds`, async () => {
      const { policy } = grant(policies, `mrk-failover-${right}-${region}`);
      const done: string[] = [];
      for (const [deed, request] of Object.entries(DEEDS)) {
        const [, , , , owner = ''] = request.resource.split(':');
        const asking = { principal: `arn:aws:iam::${account}:role/person`, identity: policy, account: owner === '' ? account : owner };
        // The roles of cdk bootstrap trust their account: its policies decide.
        const trust: PolicyDocument = {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: ['sts:AssumeRole'] } as never],
        };
        const isCdk = request === cdk;
        if (await isAllowed(isCdk ? { ...asking, resourcePolicy: trust } : asking, request)) done.push(deed);
      }
      assert.deepEqual(done, allowed);
    });
});

describe('The bus', () => {
  const [[, busPolicy] = assert.fail('the bus has no policy')] = resourcesOf(control, 'AWS::Events::EventBusPolicy');
  const statement = documentOf(control, { Statement: [busPolicy?.Properties.Statement] });
  const put = (context: IamRequest['context'], principal = `arn:aws:iam::${MEMBER_ACCOUNT}:role/mrk-failover-sensor-us-east-1`) =>
    isAllowed(
      {
        principal,
        identity: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['events:PutEvents'], Resource: ['*'] }] },
        account,
        resourcePolicy: statement,
      },
      { action: 'events:PutEvents', resource: `arn:aws:events:${region}:${account}:event-bus/mrk-failover`, context },
    );
  const forwarded = { 'events:eventBusInvocation': 'true' };

  it('takes what a sensor’s rule sends on', async () => {
    for (const source of ['aws.health', 'aws.kms', 'aws.cloudwatch'])
      assert.equal(await put({ ...forwarded, 'events:source': [source] }), true, source);
  });

  it('takes nothing that a member account made up: no lifecycle event, no event that came by no rule, none from another role', async () => {
    assert.equal(await put({ ...forwarded, 'events:source': ['mrk-failover'] }), false);
    assert.equal(await put({ 'events:eventBusInvocation': 'false', 'events:source': ['aws.health'] }), false);
    assert.equal(await put({ ...forwarded, 'events:source': ['aws.health', 'mrk-failover'] }), false);
    assert.equal(await put(forwarded), false);
    assert.equal(await put({ ...forwarded, 'events:source': ['aws.health'] }, `arn:aws:iam::${MEMBER_ACCOUNT}:role/admin`), false);
    assert.equal(
      await put({ ...forwarded, 'events:source': ['aws.health'] }, 'arn:aws:iam::444455556666:role/mrk-failover-sensor-us-east-1'),
      false,
    );
  });
});

describe('What AWS’s own services say and keep', () => {
  it('may be put where a function’s failures go, by Lambda with the role of the one function that nobody waits for', async () => {
    const failed: IamRequest = {
      action: 'sqs:SendMessage',
      resource: `arn:aws:sqs:${region}:${account}:mrk-failover-undecided-signals`,
      context: {},
    };
    for (const name of ['trigger', 'plan']) {
      const role = `mrk-failover-${name}-${region}`;
      const asking = { principal: `arn:aws:iam::${account}:role/${role}`, identity: grant(installed.roles, role).policy, account };
      assert.equal(await isAllowed(asking, failed), name === 'trigger', name);
    }
  });

  it('may be published to the topic by the account’s own alarms and by one role of its rules, and by the rules of nobody else', async () => {
    const [[, topicPolicy] = assert.fail('the topic has no policy')] = resourcesOf(control, 'AWS::SNS::TopicPolicy');
    const allowed = documentOf(control, topicPolicy?.Properties.PolicyDocument).Statement.filter(({ Effect }) => Effect === 'Allow');
    assert.deepEqual(
      allowed.map(({ Principal, Action, Condition }) => [Principal, Action, Condition]),
      [
        [
          { Service: 'cloudwatch.amazonaws.com' },
          ['sns:Publish'],
          { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:mrk-failover-*` } },
        ],
      ],
    );
    const { policy, trust = NOTHING } = grant(installed.roles, `mrk-failover-teller-${region}`);
    assert.deepEqual(
      trust.Statement.map(({ Principal, Condition }) => [Principal, Condition]),
      [[{ Service: 'events.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': account } }]],
    );
    assert.deepEqual(
      policy.Statement.map(({ Action, Resource }) => [Action, Resource]),
      [
        [['sns:Publish'], [`arn:aws:sns:${region}:${account}:mrk-failover`]],
        [['kms:Decrypt', 'kms:GenerateDataKey'], [installed.stateKeyArn]],
      ],
    );
  });

  it('may use the key of the control Region for logs and alarms of this account, and for no service without a condition', () => {
    const [[, { Properties }] = assert.fail('there is no key')] = resourcesOf(control, 'AWS::KMS::Key');
    const services = documentOf(control, Properties.KeyPolicy).Statement.filter(({ Principal }) => 'Service' in Object(Principal));
    assert.deepEqual(
      services.map(({ Principal, Condition }) => [Principal, Condition]),
      [
        [
          { Service: `logs.${region}.amazonaws.com` },
          { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:*mrk-failover*` } },
        ],
        [{ Service: 'cloudwatch.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': account } }],
      ],
    );
  });
});

describe('The roles of AWS’s own services', () => {
  const actionsOf = (grants: ReadonlyMap<string, Grant>, name: string) =>
    grant(grants, name).policy.Statement.map(({ Action, Resource }) => [Action, Resource]);

  it('let the state machine call the functions that its definition names, and look after its own children and its log', async () => {
    const { policy } = grant(installed.roles, `mrk-failover-states-${region}`);
    const asking = { principal: `arn:aws:iam::${account}:role/mrk-failover-states-${region}`, identity: policy, account };
    const invoke = (name: string, version = 1): IamRequest => ({
      action: 'lambda:InvokeFunction',
      resource: `arn:aws:lambda:${region}:${account}:function:mrk-failover-${name}:${version}`,
      context: {},
    });
    // The version of now, and that of an execution which began before some deployments.
    for (const name of ['plan', 'stage', 'precheck', 'promote', 'poll', 'verify', 'report'])
      for (const version of [1, 7]) assert.equal(await isAllowed(asking, invoke(name, version)), true, name);
    const child = (name: string): IamRequest => ({
      action: 'states:DescribeExecution',
      resource: `arn:aws:states:${region}:${account}:execution:${name}`,
      context: {},
    });
    for (const name of ['mrk-failover:run-1', 'mrk-failover/Batches:0a1b', 'mrk-failover/Batches:0a1b/c2d3'])
      assert.equal(await isAllowed(asking, child(name)), true, name);
    assert.equal(await isAllowed(asking, child('another:run-1')), false);
    for (const name of ['trigger', 'operator']) assert.equal(await isAllowed(asking, invoke(name)), false, name);
    const others = policy.Statement.flatMap(({ Action }) => Action).filter((action) => !/^(lambda|logs|xray):/.test(action));
    assert.deepEqual(others.sort(), ['states:DescribeExecution', 'states:StartExecution', 'states:StopExecution']);
    const log = [
      'CreateLogDelivery',
      'DeleteLogDelivery',
      'DescribeLogGroups',
      'DescribeResourcePolicies',
      'GetLogDelivery',
      'ListLogDeliveries',
      'PutResourcePolicy',
      'UpdateLogDelivery',
    ];
    const traces = ['GetSamplingRules', 'GetSamplingTargets', 'PutTelemetryRecords', 'PutTraceSegments'];
    const platform = policy.Statement.flatMap(({ Action }) => Action).filter((action) => /^(logs|xray):/.test(action));
    assert.deepEqual(platform.sort(), [...log.map((name) => `logs:${name}`), ...traces.map((name) => `xray:${name}`)]);
  });

  it('let the scheduler call trigger and keep what it could not deliver', () => {
    assert.deepEqual(actionsOf(installed.roles, `mrk-failover-scheduler-${region}`), [
      [['lambda:InvokeFunction'], [`arn:aws:lambda:${region}:${account}:function:mrk-failover-trigger:*`]],
      [['sqs:SendMessage'], [`arn:aws:sqs:${region}:${account}:mrk-failover-undelivered-schedules`]],
    ]);
  });

  it('let a sensor put signals on the control buses', () => {
    assert.deepEqual(actionsOf(rolesOf(stackNamed(stacks, 'mrk-failover-sensor')), 'mrk-failover-sensor-us-east-1'), [
      [['events:PutEvents'], ['eu-central-1', 'eu-west-2'].map((where) => `arn:aws:events:${where}:${account}:event-bus/mrk-failover`)],
    ]);
  });
});
