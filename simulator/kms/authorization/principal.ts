import { type PolicyDocument, type PolicyText, readPolicy } from './policy-document.ts';

/** A role or user, with what IAM has attached to it. */
export interface Principal {
  /** `arn:aws:iam::111111111111:role/mover`, or a user's ARN. */
  readonly arn: string;
  /** Its identity policies, managed and inline alike. */
  readonly policies: readonly PolicyText[];
  /** Limits what the identity policies may give: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
  readonly permissionsBoundary?: PolicyText;
  /** The principal's tags and those of its session: `aws:PrincipalTag/…`. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A principal whose policies are understood. */
export interface KnownPrincipal {
  readonly identity: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Somebody with no policy of its own: only key policies and grants can let it in. */
export const STRANGER: KnownPrincipal = { identity: [], boundary: undefined, tags: {} };

/** The account itself needs no identity policy; key policies, grants and service control policies bind it all the same. */
export const ROOT: KnownPrincipal = {
  ...STRANGER,
  identity: [readPolicy('identity', 'root', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })],
};

/** @throws RangeError for a policy that IAM would not accept */
export const readPrincipal = ({ arn, policies, permissionsBoundary, tags = {} }: Principal): KnownPrincipal => ({
  identity: policies.map((policy, index) => readPolicy('identity', `${arn}, policy ${index + 1}`, policy)),
  boundary: permissionsBoundary === undefined ? undefined : readPolicy('identity', `${arn}, permissions boundary`, permissionsBoundary),
  tags,
});
