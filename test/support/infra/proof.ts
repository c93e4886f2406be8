import assert from 'node:assert/strict';
import type { FunctionName } from '../../../core/limits.ts';
import type { Asked } from './asked.ts';
import { type Asking, isAllowed } from './evaluate.ts';
import { grantletsOf } from './grants.ts';
import type { IamRequest } from './iam-requests.ts';
import { FUNCTION_NAMES, type Installation } from './installation.ts';
import type { PolicyDocument } from './policies.ts';

export const MEMBER_ACCOUNT = '111122223333';

/** The statement that the console puts first into every key policy: the account's IAM policies decide. */
export const rootDecides = (account: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: ['kms:*'], Resource: ['*'] }],
});

/** Something that one role was asked for in a story. */
export interface RoleAsked {
  readonly role: string;
  readonly policy: PolicyDocument;
  readonly principal: string;
  readonly request: IamRequest;
  readonly call: string;
  /** The policy of what is asked for, and the account that it is in. */
  readonly resourcePolicy: PolicyDocument | undefined;
  readonly account: string;
}

/** Whose business a request is: the function's own role, or the member role that it acts as. */
export const askedOfRoles = (installed: Installation, asked: readonly Asked[]): readonly RoleAsked[] =>
  asked.flatMap(({ function: name, requests, call }) =>
    requests.map((request) => ({ ...roleFor(installed, name, request), request, call })),
  );

const roleFor = (installed: Installation, name: FunctionName, { action, resource }: IamRequest): Omit<RoleAsked, 'request' | 'call'> => {
  const { account, stateKeyArn, roles, memberRoles } = installed;
  const memberName = installed.environmentOf(name).MEMBER_ROLE_NAME ?? 'no member role';
  const ofMember = memberRoles.get(memberName);
  if (/^(?:tag|servicequotas):/.test(action) || (action.startsWith('kms:') && resource !== stateKeyArn)) {
    const { policy } = ofMember ?? assert.fail(`${name} asks for ${action} and has no role in member accounts`);
    return {
      role: memberName,
      policy,
      principal: `arn:aws:iam::${MEMBER_ACCOUNT}:role/${memberName}`,
      resourcePolicy: resource === '*' ? undefined : rootDecides(MEMBER_ACCOUNT),
      account: MEMBER_ACCOUNT,
    };
  }
  const role = `mrk-failover-${name}-${installed.region}`;
  const { policy } = roles.get(role) ?? assert.fail(`there is no role ${role}`);
  const own = { role, policy, principal: `arn:aws:iam::${account}:role/${role}` };
  if (action === 'sts:AssumeRole') return { ...own, resourcePolicy: ofMember?.trust, account: MEMBER_ACCOUNT };
  return { ...own, resourcePolicy: resource === stateKeyArn ? rootDecides(account) : undefined, account };
};

/** How IAM is asked about it. */
export const askingOf = ({ principal, policy, resourcePolicy, account }: RoleAsked): Asking => ({
  principal,
  identity: policy,
  account,
  ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
});

/** What IAM would refuse, a line each. */
export const refusedOf = async (all: readonly RoleAsked[]): Promise<readonly string[]> => {
  const lines: string[] = [];
  for (const asked of all) {
    const { action, resource, context } = asked.request;
    if (!(await isAllowed(askingOf(asked), asked.request)))
      lines.push(`${asked.role}: ${action} on ${resource} ${JSON.stringify(context)}, for ${asked.call}`);
  }
  return lines;
};

/** What a role's policy grants and nobody asked for: without it every request is allowed as before. A line each. */
export const unusedOf = async (policy: PolicyDocument, all: readonly RoleAsked[]): Promise<readonly string[]> => {
  const unused: string[] = [];
  for (const { words, action, without } of grantletsOf(policy)) {
    const concerned = all.filter(({ request }) => request.action === action);
    let needed = false;
    for (const asked of concerned) {
      needed = !(await isAllowed(askingOf({ ...asked, policy: without }), asked.request));
      if (needed) break;
    }
    if (!needed) unused.push(words);
  }
  return unused;
};

/** The names of all roles that functions have, here and in member accounts. */
export const rolesOfFunctions = (installed: Installation): readonly string[] => [
  ...FUNCTION_NAMES.map((name) => `mrk-failover-${name}-${installed.region}`),
  ...installed.memberRoles.keys(),
];
