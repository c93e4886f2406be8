import assert from 'node:assert/strict';
import { resolved } from './resolve.ts';
import type { Resource, StackTemplate } from './stacks.ts';

/** Everything that a template grants, a line each, under the name of who or what has it. */
export type WrittenGrants = ReadonlyMap<string, readonly string[]>;

/** Which property of a resource is its name, and which hold policies, and in which words these begin. */
const HOLDERS: Readonly<Record<string, { readonly name: string; readonly policies: Readonly<Record<string, string>> }>> = {
  'AWS::IAM::Role': { name: 'RoleName', policies: { AssumeRolePolicyDocument: 'is assumed: ', Policies: '' } },
  'AWS::IAM::ManagedPolicy': { name: 'ManagedPolicyName', policies: { PolicyDocument: '' } },
  'AWS::Events::EventBusPolicy': { name: 'EventBusName', policies: { Statement: '' } },
  'AWS::SNS::TopicPolicy': { name: 'Topics', policies: { PolicyDocument: '' } },
  'AWS::SQS::QueuePolicy': { name: 'Queues', policies: { PolicyDocument: '' } },
  'AWS::S3::BucketPolicy': { name: 'Bucket', policies: { PolicyDocument: '' } },
  'AWS::KMS::Key': { name: 'Description', policies: { KeyPolicy: '' } },
};

/** What only belongs into a deployment: the CDK's names of things, which change with the tree. */
const PERMISSION = 'AWS::Lambda::Permission';

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const words = (value: unknown): string =>
  listed(value)
    .map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each)))
    .join(' ');

const statementLine = (statement: Readonly<Record<string, unknown>>): string => {
  const { Sid, Effect, Principal, Action, Resource: resource, Condition = {}, ...rest } = statement;
  assert.deepEqual(rest, {}, 'a statement has parts that nobody taught the tests to write');
  const principals = Object.entries(typeof Principal === 'string' ? { AWS: Principal } : (Principal ?? {}));
  const conditions = Object.entries(Condition as Readonly<Record<string, Readonly<Record<string, unknown>>>>).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${operator} ${key} ${words(values)}`),
  );
  return [
    `${Effect}${Sid === undefined || String(Sid).startsWith('AllowEventRule') ? '' : ` ${Sid}`}`,
    ...principals.map(([kind, names]) => `to ${kind} ${words(names)}`),
    words(Action),
    ...(resource === undefined ? [] : [`on ${words(resource)}`]),
    ...conditions.map((condition) => `if ${condition}`),
  ].join(' | ');
};

/** The documents in a property: one, a list of named ones, or a statement alone. */
const documentsIn = (value: unknown): readonly { readonly Statement: unknown }[] => {
  if (Array.isArray(value)) return value.map(({ PolicyDocument }) => PolicyDocument);
  const document = value as { readonly Statement?: unknown };
  return ['Statement' in document ? (document as { readonly Statement: unknown }) : { Statement: document }];
};

const linesOf = (properties: Readonly<Record<string, unknown>>, policies: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(policies).flatMap(([property, beginning]) =>
    (properties[property] === undefined ? [] : documentsIn(properties[property]))
      .flatMap(({ Statement }) => listed(Statement))
      .map((statement) => `${beginning}${statementLine(statement as Readonly<Record<string, unknown>>)}`),
  );

const permissionLine = ({ Action, FunctionName, Principal, ...rest }: Readonly<Record<string, unknown>>): string =>
  [`${Principal}: ${Action} on ${FunctionName}`, ...Object.entries(rest).map(([key, value]) => `${key} ${words(value)}`)].join(' | ');

/** What the policies of one resource grant, under its name; undefined when it has none. */
const grantsOf = (stack: StackTemplate, { Type, Properties }: Resource): readonly [string, readonly string[]] | undefined => {
  // What a role had by other ways than these would not be seen.
  assert.ok(Type !== 'AWS::IAM::Policy' && Properties.ManagedPolicyArns === undefined, `${Type} has policies that nobody looks at`);
  if (Type === PERMISSION) return [`${stack.name}: functions`, [permissionLine(resolved(stack, Properties) as typeof Properties)]];
  const holder = HOLDERS[Type];
  if (holder === undefined) return undefined;
  const properties = resolved(stack, Properties) as typeof Properties;
  return [`${stack.name}: ${words(properties[holder.name])}`, linesOf(properties, holder.policies)];
};

/** Everything that stacks grant, in the order of the templates. */
export const writtenGrants = (stacks: readonly StackTemplate[]): WrittenGrants => {
  const grants = new Map<string, readonly string[]>();
  for (const stack of stacks)
    for (const resource of Object.values(stack.template.Resources)) {
      const [name, lines] = grantsOf(stack, resource) ?? [];
      if (name !== undefined && lines !== undefined) grants.set(name, [...(grants.get(name) ?? []), ...lines]);
    }
  return grants;
};

/** As they stand in a file: a name, and its lines below it. */
export const grantsText = (grants: WrittenGrants): string =>
  [...grants]
    .map(([name, lines]) => [name, ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n')
    .concat('\n');
