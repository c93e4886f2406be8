import { runUnsafeSimulation } from '@cloud-copilot/iam-simulate';
import type { Denial, Obstacle } from './denial.ts';
import { type PolicyDocument, readPolicy } from './policy-document.ts';

/** The policies that have a say in one request. */
export interface Policies {
  readonly identity: readonly PolicyDocument[];
  readonly serviceControl: readonly PolicyDocument[];
  /** Absent when the principal has none; then it limits nothing. */
  readonly boundary: PolicyDocument | undefined;
  /** Absent for what acts on no key. */
  readonly key: PolicyDocument | undefined;
}

export interface Question {
  readonly callerArn: string;
  readonly callerAccount: string;
  /** With its prefix, `kms:Decrypt`. */
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export type Evaluation = 'allowed' | Denial;

const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' };
const ALLOWS_ALL = readPolicy('identity', 'everything', { Version: '2012-10-17', Statement: [EVERYTHING] });
const ALLOWS_EVERYBODY = readPolicy('key', 'everybody', { Version: '2012-10-17', Statement: [{ ...EVERYTHING, Principal: '*' }] });

/**
 * What is judged in place of a resource that is none: of all that a policy can name, only `*` covers `*`, and only patterns
 * cover a key to come. The library's synchronous core would be content with a statement on any one key.
 */
const judged = (resource: string): string => (resource === '*' ? 'arn:none:none:none:none:none' : resource.replace(/\*$/, 'none'));

const named = (documents: readonly PolicyDocument[]) => documents.map(({ policy }) => ({ name: policy.metadata?.name ?? '', policy }));

/**
 * The verdict of IAM's rules, by the library's synchronous core: an evaluation that had to be waited for would let other
 * calls of the same virtual moment slip in between. That core checks neither policies nor context keys, so both must have
 * been checked before.
 */
const simulate = (question: Question, { identity, serviceControl, boundary, key }: Policies) =>
  runUnsafeSimulation(
    {
      request: {
        principal: question.callerArn,
        action: question.action,
        resource: { resource: judged(question.resource), accountId: question.resourceAccount },
        contextVariables: Object.fromEntries(
          Object.entries(question.context).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
        ),
      },
      identityPolicies: named(identity),
      serviceControlPolicies: serviceControl.length === 0 ? [] : [{ orgIdentifier: 'account', policies: named(serviceControl) }],
      resourceControlPolicies: [],
      ...(boundary === undefined ? {} : { permissionBoundaryPolicies: named([boundary]) }),
      ...(key === undefined ? {} : { resourcePolicy: key.policy }),
    },
    {},
  );

/** What stands in the way is found by asking again with the other policies out of the way. */
const explicitObstacle = (question: Question, policies: Policies): Obstacle => {
  const key = policies.key === undefined ? undefined : ALLOWS_EVERYBODY;
  const without = { identity: [ALLOWS_ALL], serviceControl: [], boundary: undefined, key };
  const denies = (policy: Partial<Policies>) => simulate(question, { ...without, ...policy }) === 'ExplicitlyDenied';
  if (denies({ serviceControl: policies.serviceControl })) return 'service control policy';
  if (denies({ identity: policies.identity })) return 'identity-based policy';
  if (denies({ boundary: policies.boundary })) return 'permissions boundary';
  return 'resource-based policy';
};

const implicitDenial = (question: Question, policies: Policies): Denial => {
  const allows = (policy: Partial<Policies>) => simulate(question, { ...policies, ...policy }) === 'Allowed';
  if (!allows({ identity: [ALLOWS_ALL], serviceControl: [], boundary: undefined })) {
    return question.callerAccount === question.resourceAccount
      ? { kind: 'implicit', obstacle: 'resource-based policy' }
      : { kind: 'hidden' };
  }
  if (!allows({ serviceControl: [], boundary: undefined })) return { kind: 'implicit', obstacle: 'identity-based policy' };
  return { kind: 'implicit', obstacle: allows({ boundary: undefined }) ? 'permissions boundary' : 'service control policy' };
};

/** Whether IAM's rules allow the request and, when they do not, which policy stands in the way. */
export const evaluate = (question: Question, policies: Policies): Evaluation => {
  const result = simulate(question, policies);
  if (result === 'Allowed') return 'allowed';
  if (result === 'ImplicitlyDenied') return implicitDenial(question, policies);
  const obstacle = explicitObstacle(question, policies);
  const isForeign = question.callerAccount !== question.resourceAccount;
  return isForeign && obstacle === 'resource-based policy' ? { kind: 'hidden' } : { kind: 'explicit', obstacle };
};

/** Whether service control policies leave room for the request at all: they bind even a caller whom a grant lets in. */
export const withinServiceControl = (question: Question, { serviceControl }: Policies): boolean =>
  simulate(question, { identity: [ALLOWS_ALL], serviceControl, boundary: undefined, key: ALLOWS_EVERYBODY }) === 'Allowed';
