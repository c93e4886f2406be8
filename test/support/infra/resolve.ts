import assert from 'node:assert/strict';
import type { Resource, StackTemplate } from './stacks.ts';

/** What CloudFormation puts in for a reference to a resource (`Ref`), and for its ARN. */
interface Identity {
  readonly ref: string;
  readonly arn: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : assert.fail(`expected a text, got ${JSON.stringify(value)}`));

/** What a deployed resource would be called, by the rules of its type; keys get an ID out of their logical ID. */
const identityOf = (stack: StackTemplate, id: string): Identity => {
  const { account, region, template } = stack;
  const resource = template.Resources[id] ?? assert.fail(`stack ${stack.name} has no resource ${id}`);
  const named = (property: string): string => text(resolved(stack, resource.Properties[property]));
  const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;
  switch (resource.Type) {
    case 'AWS::S3::Bucket':
      return { ref: named('BucketName'), arn: `arn:aws:s3:::${named('BucketName')}` };
    case 'AWS::KMS::Key':
      return { ref: keyId(id), arn: arn('kms', `key/${keyId(id)}`) };
    case 'AWS::SQS::Queue':
      return { ref: `https://sqs.${region}.amazonaws.com/${account}/${named('QueueName')}`, arn: arn('sqs', named('QueueName')) };
    case 'AWS::SNS::Topic':
      return { ref: arn('sns', named('TopicName')), arn: arn('sns', named('TopicName')) };
    case 'AWS::IAM::Role':
      return { ref: named('RoleName'), arn: `arn:aws:iam::${account}:role/${named('RoleName')}` };
    case 'AWS::Lambda::Function':
      return { ref: named('FunctionName'), arn: arn('lambda', `function:${named('FunctionName')}`) };
    case 'AWS::Lambda::Version': {
      const version = `${functionArn(stack, resource)}:1`;
      return { ref: version, arn: version };
    }
    case 'AWS::Lambda::Alias': {
      const alias = `${functionArn(stack, resource)}:${named('Name')}`;
      return { ref: alias, arn: alias };
    }
    case 'AWS::Logs::LogGroup':
      return { ref: named('LogGroupName'), arn: `${arn('logs', `log-group:${named('LogGroupName')}`)}:*` };
    case 'AWS::Events::EventBus':
      return { ref: named('Name'), arn: arn('events', `event-bus/${named('Name')}`) };
    case 'AWS::Events::Rule':
      return {
        ref: named('Name'),
        arn: arn('events', `rule/${String(resolved(stack, resource.Properties.EventBusName) ?? 'default')}/${named('Name')}`),
      };
    case 'AWS::StepFunctions::StateMachine':
      return {
        ref: arn('states', `stateMachine:${named('StateMachineName')}`),
        arn: arn('states', `stateMachine:${named('StateMachineName')}`),
      };
    case 'AWS::CloudWatch::Alarm':
      return { ref: named('AlarmName'), arn: arn('cloudwatch', `alarm:${named('AlarmName')}`) };
    case 'AWS::Scheduler::ScheduleGroup':
      return { ref: named('Name'), arn: arn('scheduler', `schedule-group/${named('Name')}`) };
    default:
      return assert.fail(`nobody taught the tests what a ${resource.Type} is called`);
  }
};

const functionArn = (stack: StackTemplate, resource: Resource): string => {
  const name = text(resolved(stack, resource.Properties.FunctionName));
  return name.startsWith('arn:') ? name : `arn:aws:lambda:${stack.region}:${stack.account}:function:${name}`;
};

const keyId = (id: string): string => `00000000-0000-4000-8000-${Buffer.from(id).toString('hex').slice(0, 12).padEnd(12, '0')}`;

/** A value of a template as it would be once deployed: references and joins put together. @throws for what the tests do not know */
export const resolved = (stack: StackTemplate, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolved(stack, item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1) {
    if (name === 'Ref') return referenced(stack, text(argument));
    if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
      const [id, attribute] = argument.map(text);
      if (attribute === 'Arn') return identityOf(stack, id ?? '').arn;
      if (attribute === 'FunctionUrl') return `https://${String(id).toLowerCase()}.lambda-url.${stack.region}.on.aws/`;
      return text(resolved(stack, stack.template.Resources[id ?? '']?.Properties[attribute ?? '']));
    }
    if (name === 'Fn::Join' && Array.isArray(argument)) {
      const parts = resolved(stack, argument[1]);
      return (Array.isArray(parts) ? parts : []).map(String).join(text(argument[0]));
    }
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolved(stack, inner)]));
};

const referenced = (stack: StackTemplate, name: string): string => {
  if (name === 'AWS::AccountId') return stack.account;
  if (name === 'AWS::Region') return stack.region;
  if (name === 'AWS::Partition') return 'aws';
  if (name === 'AWS::URLSuffix') return 'amazonaws.com';
  return identityOf(stack, name).ref;
};
