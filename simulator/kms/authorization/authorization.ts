import type { Grant } from '../keys/grant.ts';
import { type ActionFacts, type ActionFactsTable, readActionFacts } from './action-facts.ts';
import type { Caller } from './caller.ts';
import { type Denial, denialText } from './denial.ts';
import { type Evaluation, evaluate, type Policies, type Question, withinServiceControl } from './evaluate.ts';
import { grantFor } from './grants.ts';
import { readKeyPolicy } from './key-policy.ts';
import { type PolicyDocument, type PolicyText, readPolicy } from './policy-document.ts';
import { type KnownPrincipal, type Principal, ROOT, readPrincipal, STRANGER } from './principal.ts';
import { type AccessRequest, type RequestContext, requestContext } from './request-context.ts';

/** What came of one authorization request. */
export type Verdict =
  | { readonly allowed: true; readonly by: 'policies' }
  | { readonly allowed: true; readonly by: 'grant'; readonly grantId: string }
  | { readonly allowed: false; readonly denial: Denial; readonly message: string };

/** One authorization request with everything that decided it: plain JSON, for traces and checkers. */
export interface Decision {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly caller: string;
  readonly principal: string;
  /** With its prefix, `kms:UpdatePrimaryRegion`. */
  readonly action: string;
  /** The ARN of a key or an alias, or `*`. */
  readonly resource: string;
  /** The Region in which the decision was made. */
  readonly region: string;
  readonly context: RequestContext;
  readonly verdict: Verdict;
}

/** What a request is about: a key with its policy and grants, or something that has neither. */
export interface Resource {
  readonly arn: string;
  readonly account: string;
  readonly keyPolicy: string | undefined;
  readonly grants: readonly Grant[];
}

export interface AuthorizationOptions {
  readonly principals?: readonly Principal[];
  /** By account. An account without any is not limited: it needs no policy that allows everything. */
  readonly serviceControlPolicies?: Readonly<Record<string, readonly PolicyText[]>>;
}

/** So many answers are remembered before all are forgotten; a world of 10,000 keys with a few callers stays below. */
const REMEMBERED_MAX = 100_000;

const conditionKeysOf = ({ boundary, identity, key, serviceControl }: Policies): ReadonlySet<string> =>
  new Set([...identity, ...serviceControl, boundary, key].flatMap((document) => [...(document?.conditionKeys ?? [])]));

/** A grant lets in whom no policy lets in, but nobody whom a policy keeps out. */
const verdictOf = (evaluation: Evaluation, question: Question, policies: Policies, findGrant: () => Grant | undefined): Verdict => {
  if (evaluation === 'allowed') return { allowed: true, by: 'policies' };
  const grant = evaluation.kind === 'explicit' ? undefined : findGrant();
  if (grant !== undefined && withinServiceControl(question, policies)) return { allowed: true, by: 'grant', grantId: grant.grantId };
  const { action, callerArn, resource } = question;
  return { allowed: false, denial: evaluation, message: denialText(callerArn, action, resource, evaluation) };
};

/**
 * IAM and KMS deciding together who may do what. Whoever is not admitted as a principal has no identity policies, as in AWS.
 * Decisions are synchronous, so that a call is decided and carried out in one moment.
 */
export class Authorization {
  readonly #facts: ActionFactsTable;
  readonly #principals = new Map<string, KnownPrincipal>();
  readonly #serviceControl = new Map<string, readonly PolicyDocument[]>();
  readonly #keyPolicies = new Map<string, PolicyDocument>();
  readonly #remembered = new Map<string, Evaluation>();
  readonly #listeners: Array<(decision: Decision) => void> = [];

  constructor(facts: ActionFactsTable) {
    this.#facts = facts;
  }

  /** Gives a role or user its policies, in place of those it had. @throws RangeError for a policy that IAM would not accept */
  admit(principal: Principal): void {
    this.#principals.set(principal.arn, readPrincipal(principal));
    this.#remembered.clear();
  }

  /** Puts an account under service control policies, in place of those it had. @throws RangeError for one that IAM would not accept */
  limit(account: string, policies: readonly PolicyText[]): void {
    const read = policies.map((policy, index) => readPolicy('service control', `${account}, policy ${index + 1}`, policy));
    this.#serviceControl.set(account, read);
    this.#remembered.clear();
  }

  /** Calls `listener` with each decision, also with those that were remembered from before. */
  onDecision(listener: (decision: Decision) => void): void {
    this.#listeners.push(listener);
  }

  /** Whether an operation is an action of IAM under its own name; ReEncrypt, for one, is two. */
  knows(action: string): boolean {
    return this.#facts.has(action);
  }

  /** @throws RangeError for an action that IAM does not know */
  facts(action: string): ActionFacts {
    const facts = this.#facts.get(action);
    if (facts === undefined) throw new RangeError(`Expected an action that IAM knows of KMS, got kms:${action}.`);
    return facts;
  }

  /** Decides one request and tells the listeners. */
  decide(request: AccessRequest, resource: Resource): Decision {
    const { atMs: at, caller, region } = request;
    const action = `kms:${request.action}`;
    const principal = this.#principalOf(caller);
    const policies = this.#policiesOn(principal, caller, resource);
    const asked = conditionKeysOf(policies);
    const context = requestContext(request, principal.tags, this.facts(request.action), asked);
    const { account: resourceAccount, arn } = resource;
    const question = { callerArn: caller.arn, callerAccount: caller.account, action, resource: arn, resourceAccount, context };
    const evaluation = this.#evaluate(question, policies, asked, resource.keyPolicy);
    const verdict = verdictOf(evaluation, question, policies, () => grantFor(resource.grants, caller, request.action, request.parameters));
    const decision = { at, caller: caller.arn, principal: caller.principalArn, action, resource: arn, region, context, verdict };
    for (const listener of this.#listeners) listener(decision);
    return decision;
  }

  #policiesOn({ boundary, identity }: KnownPrincipal, { account }: Caller, { keyPolicy }: Resource): Policies {
    const serviceControl = this.#serviceControl.get(account) ?? [];
    return { identity, boundary, serviceControl, key: keyPolicy === undefined ? undefined : this.#keyPolicy(keyPolicy) };
  }

  /** Asks IAM's rules, or remembers what they said to the same question; what no policy asks for makes no difference. */
  #evaluate(question: Question, policies: Policies, asked: ReadonlySet<string>, keyPolicy: string | undefined): Evaluation {
    const { action, callerArn, context, resource } = question;
    const relevant = Object.entries(context).filter(([conditionKey]) => asked.has(conditionKey.toLowerCase()));
    const id = JSON.stringify([callerArn, action, resource, keyPolicy, relevant]);
    const known = this.#remembered.get(id);
    if (known !== undefined) return known;
    if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear();
    const evaluation = evaluate(question, policies);
    this.#remembered.set(id, evaluation);
    return evaluation;
  }

  #principalOf({ principalArn, kind }: Caller): KnownPrincipal {
    return this.#principals.get(principalArn) ?? (kind === 'account' ? ROOT : STRANGER);
  }

  #keyPolicy(text: string): PolicyDocument {
    const known = this.#keyPolicies.get(text);
    if (known !== undefined) return known;
    if (this.#keyPolicies.size >= REMEMBERED_MAX) this.#keyPolicies.clear();
    const read = readKeyPolicy(text);
    this.#keyPolicies.set(text, read);
    return read;
  }
}

/**
 * Reads IAM's data and makes an authorization from policies. Asynchronous, because the data are files: call it before a
 * virtual clock runs, and hand the result to the simulator.
 * @throws RangeError for a policy that IAM would not accept
 */
export const loadAuthorization = async (options: AuthorizationOptions = {}): Promise<Authorization> => {
  const authorization = new Authorization(await readActionFacts());
  for (const principal of options.principals ?? []) authorization.admit(principal);
  for (const [account, policies] of Object.entries(options.serviceControlPolicies ?? {})) authorization.limit(account, policies);
  return authorization;
};
