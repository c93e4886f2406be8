import type { Fleet } from '../../core/fleet/schema.ts';
import { type MemberRight, memberRoleName } from '../names.ts';
import { MEMBER_STATEMENTS, ROLES_OF, type Variant } from './statements.ts';

/** One statement of a key policy, as it is pasted into it. */
export interface KeyPolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: { readonly AWS: string };
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: unknown;
}

/** Lists are no business of a single key: a key policy has no say in them. */
const LISTS = 'ListsKeys';

/**
 * What to add to the policies of a fleet's keys in one account, when these do not leave the account's IAM policies to decide (as the
 * statement does that the console puts first). The same statements belong to the key of every Region, the primary and all replicas: a
 * move needs both sides, replicas have policies of their own, and tomorrow's primary is one of today's replicas.
 * What a key policy allows a role needs no IAM policy besides, which is why it says all that the role's own policy says.
 */
export const keyPolicyStatements = (
  { home, standbys, probe }: Pick<Fleet, 'home' | 'standbys' | 'probe'>,
  account: string,
  variant: Variant,
): readonly KeyPolicyStatement[] => {
  const reach = {
    keyArns: ['*'],
    regions: [home, ...standbys],
    canaryArns: probe.canaryKey === undefined || variant !== 'full' ? [] : ['*'],
  };
  return ROLES_OF[variant].flatMap((right) =>
    MEMBER_STATEMENTS[right](reach)
      .map((statement) => statement.toStatementJson() as { Sid: string; Action: string | readonly string[]; Condition?: unknown })
      .filter(({ Sid }) => Sid !== LISTS)
      .map((statement) => ofRole(right, account, statement)),
  );
};

const ofRole = (
  right: MemberRight,
  account: string,
  { Sid, Action, Condition }: { readonly Sid: string; readonly Action: string | readonly string[]; readonly Condition?: unknown },
): KeyPolicyStatement => ({
  Sid: `MrkFailover${Sid}`,
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:role/${memberRoleName(right)}` },
  Action: typeof Action === 'string' ? [Action] : Action,
  Resource: '*',
  ...(Condition === undefined ? {} : { Condition }),
});
