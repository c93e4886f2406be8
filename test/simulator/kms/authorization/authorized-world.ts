import { KMS } from '@aws-sdk/client-kms';
import {
  type Authorization,
  type AuthorizationOptions,
  type Decision,
  loadAuthorization,
} from '../../../../simulator/kms/authorization/authorization.ts';
import { ACCOUNT, KmsWorld } from '../kms-world.ts';

export const MOVER = `arn:aws:iam::${ACCOUNT}:role/mover`;
export const MOVER_SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/mover/session`;

export const policyOf = (...statements: readonly Readonly<Record<string, unknown>>[]) => ({ Version: '2012-10-17', Statement: statements });

export const allow = (action: string | readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: '*',
  ...more,
});

export const deny = (action: string | readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
  ...allow(action, more),
  Effect: 'Deny',
});

/** A policy variable, which is not one of this language. */
export const variable = (name: string): string => `$\{${name}}`;

/** A kind world with authorization on, a client for each principal, and every decision kept. */
class AuthorizedWorld extends KmsWorld {
  readonly authorization: Authorization;
  readonly decisions: Decision[] = [];

  constructor(authorization: Authorization) {
    super({ authorization });
    this.authorization = authorization;
    authorization.onDecision((decision) => this.decisions.push(decision));
  }

  /** A client that calls as this principal. */
  as(principal: string, region: string): KMS {
    const account = principal.split(':')[4] ?? ACCOUNT;
    return new KMS({
      region,
      credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
      maxAttempts: 1,
      requestHandler: this.kms.requestHandler({ account, region, requestTimeoutMs: 3_000, principal }),
    });
  }

  /** Actions, resources and outcomes of the decisions so far, in order. */
  trace(): readonly string[] {
    return this.decisions.map(({ action, resource, verdict }) => `${action} ${resource} ${verdict.allowed ? verdict.by : 'denied'}`);
  }
}

export const authorizedWorld = async (options: AuthorizationOptions): Promise<AuthorizedWorld> =>
  new AuthorizedWorld(await loadAuthorization(options));
