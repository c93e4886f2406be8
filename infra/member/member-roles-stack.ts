import { Aws, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { referencedKey } from '../../core/fleet/key-reference.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { FunctionName } from '../../core/limits.ts';
import { regionsOfFleets } from '../deployment/places.ts';
import type { Deployment } from '../deployment/schema.ts';
import { acknowledgeWildcards } from '../nag.ts';
import { functionRoleName, type MemberRight, memberRoleName } from '../names.ts';
import { RIGHTS } from '../permissions/rights.ts';
import { templateSynthesizer } from '../template-synthesizer.ts';
import { MEMBER_STATEMENTS, ROLES_OF, type Variant } from './statements.ts';

export interface MemberRolesProps {
  readonly deployment: Deployment;
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly variant: Variant;
}

/**
 * The roles that the orchestrator's functions assume in an account that owns keys; IAM is global, so one stack an account is enough.
 * Each role trusts the functions that need it, by the names of their roles and the external ID, and may do one kind of thing. KMS has
 * no cross-account UpdatePrimaryRegion, which is why there are such roles in every account. One template for all accounts.
 */
export class MemberRolesStack extends Stack {
  constructor(scope: Construct, id: string, { deployment, fleets, variant }: MemberRolesProps) {
    super(scope, id, {
      synthesizer: templateSynthesizer(),
      description: `mrk-failover: what the orchestrator may do with the keys of this account (${variant})`,
    });
    const regions = regionsOfFleets(fleets);
    const keyArns = regions.map((region) => `arn:aws:kms:${region}:${Aws.ACCOUNT_ID}:key/mrk-*`);
    for (const right of ROLES_OF[variant]) {
      const statements = MEMBER_STATEMENTS[right]({ keyArns, regions, canaryArns: variant === 'full' ? canaryArnsOf(fleets) : [] });
      const role = new Role(this, `Role-${right}`, {
        roleName: memberRoleName(right),
        description: `What mrk-failover may do with the keys of this account: ${right}.`,
        assumedBy: new AccountPrincipal(deployment.account).withConditions({
          StringEquals: { 'sts:ExternalId': deployment.externalId },
          ArnEquals: { 'aws:PrincipalArn': trustedRoles(deployment, right) },
        }),
        inlinePolicies: { rights: new PolicyDocument({ statements: [...statements] }) },
      });
      acknowledgeWildcards(
        role,
        statements,
        'Which keys exist is not known before: the role may be used on every multi-Region key of this account in the Regions of the fleets.',
      );
    }
  }
}

/** The roles of the functions that need this one. Named in a condition: a role that does not exist yet cannot be a principal. */
const trustedRoles = ({ account, control }: Deployment, right: MemberRight): readonly string[] =>
  (Object.keys(RIGHTS) as readonly FunctionName[])
    .filter((name) => RIGHTS[name].member === right)
    .flatMap((name) => control.regions.map((region) => `arn:aws:iam::${account}:role/${functionRoleName(name, region)}`));

/** The keys that fleets name for write probes, in each Region that they may be primary in. */
const canaryArnsOf = (fleets: ReadonlyMap<string, Fleet>): readonly string[] =>
  [...fleets.values()].flatMap(({ probe, home, standbys }) => {
    if (probe.canaryKey === undefined) return [];
    const { keyId } = referencedKey(probe.canaryKey);
    return [home, ...standbys].map((region) => `arn:aws:kms:${region}:${Aws.ACCOUNT_ID}:key/${keyId}`);
  });
