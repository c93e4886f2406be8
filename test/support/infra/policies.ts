import { resolved } from './resolve.ts';
import { resourcesOf, type StackTemplate } from './stacks.ts';

/** One statement, its lists always lists. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** A role or a managed policy with everything that it allows. */
export interface Grant {
  readonly name: string;
  readonly policy: PolicyDocument;
  /** Who may assume the role; absent for a managed policy. */
  readonly trust?: PolicyDocument;
}

const listed = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];

/** A document of a template, with everything put in that CloudFormation would. */
export const documentOf = (stack: StackTemplate, document: unknown): PolicyDocument => {
  const { Statement } = resolved(stack, document) as { readonly Statement: ReadonlyArray<Record<string, unknown>> };
  return {
    Version: '2012-10-17',
    Statement: Statement.map((statement) => ({
      ...(statement as unknown as Statement),
      Action: listed(statement.Action),
      Resource: listed(statement.Resource),
    })),
  };
};

/** The roles of a stack, by name, with the statements of all their inline policies. */
export const rolesOf = (stack: StackTemplate): ReadonlyMap<string, Grant> =>
  new Map(
    resourcesOf(stack, 'AWS::IAM::Role').map(([, { Properties }]) => {
      const name = String(resolved(stack, Properties.RoleName));
      const inline = (Properties.Policies ?? []) as ReadonlyArray<{ readonly PolicyDocument: unknown }>;
      const statements = inline.flatMap(({ PolicyDocument }) => documentOf(stack, PolicyDocument).Statement);
      return [
        name,
        {
          name,
          policy: { Version: '2012-10-17', Statement: statements },
          trust: withoutResources(documentOf(stack, Properties.AssumeRolePolicyDocument)),
        },
      ];
    }),
  );

/** A trust policy has no resource. */
const withoutResources = ({ Version, Statement }: PolicyDocument): PolicyDocument => ({
  Version,
  Statement: Statement.map(({ Resource: _, ...statement }) => statement as Statement),
});

/** The managed policies of a stack, by name. */
export const managedPoliciesOf = (stack: StackTemplate): ReadonlyMap<string, Grant> =>
  new Map(
    resourcesOf(stack, 'AWS::IAM::ManagedPolicy').map(([, { Properties }]) => {
      const name = String(resolved(stack, Properties.ManagedPolicyName));
      return [name, { name, policy: documentOf(stack, Properties.PolicyDocument) }];
    }),
  );
