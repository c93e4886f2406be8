import type { FunctionName } from '../core/limits.ts';

/**
 * What things are called. Names are fixed, so that one stack can name what another has without asking it: a control stack is deployed
 * once to a Region, and an account has one installation.
 */
export const PREFIX = 'mrk-failover';

export const functionNameOf = (name: FunctionName): string => `${PREFIX}-${name}`;

export const functionArn = (name: FunctionName, account: string, region: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${functionNameOf(name)}`;

/** Roles belong to the whole account, so their names carry the Region. */
export const functionRoleName = (name: FunctionName, region: string): string => `${PREFIX}-${name}-${region}`;

export const bucketNameOf = (kind: 'working' | 'evidence', account: string, region: string): string =>
  `${PREFIX}-${kind}-${account}-${region}`;

export const stateMachineArn = (account: string, region: string): string => `arn:aws:states:${region}:${account}:stateMachine:${PREFIX}`;

export const busArn = (account: string, region: string): string => `arn:aws:events:${region}:${account}:event-bus/${PREFIX}`;

export const tableArn = (account: string, region: string): string => `arn:aws:dynamodb:${region}:${account}:table/${PREFIX}`;

/** What a role in a member account is for. */
export const MEMBER_RIGHTS = ['observe', 'prove', 'promote'] as const;
export type MemberRight = (typeof MEMBER_RIGHTS)[number];
export const memberRoleName = (right: MemberRight): string => `${PREFIX}-${right}`;

/** How the alarms of sensors begin: control buses tell them from the alarms that fleets name. */
export const SENSOR_ALARM = `${PREFIX}-sensor-`;
