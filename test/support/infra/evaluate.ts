import assert from 'node:assert/strict';
import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import { readPolicy } from '../../../simulator/kms/authorization/policy-document.ts';
import type { IamRequest } from './iam-requests.ts';
import type { PolicyDocument } from './policies.ts';

/** Who asks, with which policies, and what the resource's own policy says. */
export interface Asking {
  readonly principal: string;
  readonly identity: PolicyDocument;
  readonly resourcePolicy?: PolicyDocument;
  /** The account that the resource is in. */
  readonly account: string;
}

const simulationOf = ({ principal, identity, resourcePolicy, account }: Asking, { action, resource, context }: IamRequest): Simulation => ({
  request: {
    principal,
    action,
    resource: { resource, accountId: account },
    contextVariables: { ...(context as Record<string, string | string[]>), 'aws:PrincipalArn': principal, 'aws:SecureTransport': 'true' },
  },
  identityPolicies: [{ name: 'identity', policy: identity }],
  serviceControlPolicies: [],
  resourceControlPolicies: [],
  ...(resourcePolicy === undefined ? {} : { resourcePolicy }),
});

/** The same for the library's unchecked core, which wants its policies read. The checked one has looked at them by then. */
const decidedUnchecked = (simulation: Simulation, { identity, resourcePolicy }: Asking): boolean => {
  const read = (kind: 'identity' | 'key', policy: PolicyDocument) => readPolicy(kind, kind, { ...policy }).policy;
  const result = runUnsafeSimulation(
    {
      request: simulation.request,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      identityPolicies: [{ name: 'identity', policy: read('identity', identity) }],
      ...(resourcePolicy === undefined ? {} : { resourcePolicy: read('key', resourcePolicy) }),
    },
    {},
  );
  return result === 'Allowed';
};

/** The library has no name for a key that holds a name of the caller's in it, and leaves it out; IAM knows it. */
const OF_THE_CALLER = /^kms:EncryptionContext:/;

/** Whether IAM would allow a request. @throws when the policies are no policies, or the action and its context do not exist */
export const isAllowed = async (asking: Asking, request: IamRequest): Promise<boolean> => {
  const simulation = simulationOf(asking, request);
  const response = await runSimulation(simulation, {});
  if (response.resultType === 'error') assert.fail(`${request.action} on ${request.resource}: ${JSON.stringify(response.errors)}`);
  const ignored = response.resultType === 'single' ? (response.result.ignoredContextKeys ?? []) : [];
  assert.deepEqual(
    ignored.filter((name) => !name.startsWith('aws:') && !OF_THE_CALLER.test(name)),
    [],
    `AWS knows no such context for ${request.action}`,
  );
  if (!ignored.some((name) => OF_THE_CALLER.test(name))) return response.overallResult === 'Allowed';
  return decidedUnchecked(simulation, asking);
};
