import type { PolicyDocument, Statement } from './policies.ts';

/** One thing that a policy grants, in words, and the policy without it. */
export interface Grantlet {
  readonly words: string;
  readonly action: string;
  readonly without: PolicyDocument;
}

const replaced = (policy: PolicyDocument, of: Statement, by: Statement | undefined): PolicyDocument => ({
  ...policy,
  Statement: policy.Statement.flatMap((statement) => (statement !== of ? [statement] : by === undefined ? [] : [by])),
});

const LEADING = 'ForAllValues:StringEquals';
const KEYS = 'dynamodb:LeadingKeys';

const kindsOf = ({ Condition }: Statement): readonly string[] => {
  const kinds = Condition?.[LEADING]?.[KEYS];
  return Array.isArray(kinds) ? kinds.map(String) : kinds === undefined ? [] : [String(kinds)];
};

const withoutKind = (statement: Statement, kind: string): Statement => ({
  ...statement,
  Condition: { ...statement.Condition, [LEADING]: { [KEYS]: kindsOf(statement).filter((each) => each !== kind) } },
});

/** Everything that could be taken out of a policy one by one: each action, each resource of a statement, each kind of item. */
export const grantletsOf = (policy: PolicyDocument): readonly Grantlet[] =>
  policy.Statement.flatMap((statement) => {
    const { Sid = '?', Action, Resource } = statement;
    const [first = ''] = Action;
    const actions = Action.map((action): Grantlet => {
      const left = Action.filter((each) => each !== action);
      return {
        words: `${Sid}: ${action}`,
        action,
        without: replaced(policy, statement, left.length === 0 ? undefined : { ...statement, Action: left }),
      };
    });
    const resources = Resource.length < 2 ? [] : Resource;
    const kinds = kindsOf(statement);
    return [
      ...actions,
      ...resources.map((resource) => ({
        words: `${Sid}: ${first} on ${resource}`,
        action: first,
        without: replaced(policy, statement, { ...statement, Resource: Resource.filter((each) => each !== resource) }),
      })),
      ...(kinds.length < 2 ? [] : kinds).map((kind) => ({
        words: `${Sid}: ${first} of kind ${kind}`,
        action: first,
        without: replaced(policy, statement, withoutKind(statement, kind)),
      })),
    ];
  });

/** The policy with one more action in its first statement. */
export const withAction = (policy: PolicyDocument, action: string): PolicyDocument => {
  const [first, ...others] = policy.Statement;
  return first === undefined ? policy : { ...policy, Statement: [{ ...first, Action: [...first.Action, action] }, ...others] };
};
