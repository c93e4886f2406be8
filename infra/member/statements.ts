import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { PROOF_CONTEXT } from '../../core/proof/text.ts';
import type { MemberRight } from '../names.ts';

/** The keys that a member role may be used on. */
export interface KeyReach {
  /** ARNs of keys, one pattern for each Region of the fleets. */
  readonly keyArns: readonly string[];
  /** The Regions of the fleets: nothing is asked elsewhere, and no primary is moved elsewhere. */
  readonly regions: readonly string[];
  /** ARNs of the keys that write probes ask to promote themselves to where they are; none makes no such right. */
  readonly canaryArns: readonly string[];
}

const allow = (sid: string, actions: readonly string[], resources: readonly string[], conditions = {}): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources], conditions });

const [[CONTEXT_KEY = '', CONTEXT_VALUE = ''] = []] = Object.entries(PROOF_CONTEXT);

/** The proof's encryption context, that one and no other: whoever has this right cannot read a customer's data with it. */
const UNDER_THE_PROOF_CONTEXT = {
  StringEquals: { [`kms:EncryptionContext:${CONTEXT_KEY}`]: CONTEXT_VALUE },
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': [CONTEXT_KEY] },
};

const reads = (reach: KeyReach): readonly PolicyStatement[] => [
  allow('ReadsKeys', ['kms:DescribeKey', 'kms:ListResourceTags', 'kms:GetKeyRotationStatus'], reach.keyArns),
  // Lists have no resource to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
  allow('ListsKeys', ['kms:ListKeys', 'kms:ListAliases', 'tag:GetResources', 'servicequotas:ListServiceQuotas'], ['*'], {
    StringEquals: { 'aws:RequestedRegion': [...reach.regions] },
  }),
];

/** The probe's call names the Region that it is sent to: KMS changes nothing then, and no other call is allowed. */
const probes = ({ canaryArns }: KeyReach): readonly PolicyStatement[] =>
  canaryArns.length === 0
    ? []
    : [
        allow('RehearsesMoves', ['kms:UpdatePrimaryRegion'], canaryArns, {
          StringEquals: { 'kms:PrimaryRegion': `\${aws:RequestedRegion}` },
        }),
      ];

/** Uses keys as a proof does, and as a drill does while keys move. */
const uses = ({ keyArns }: KeyReach): readonly PolicyStatement[] => [
  allow('ProvesSymmetricKeys', ['kms:Encrypt', 'kms:Decrypt'], keyArns, UNDER_THE_PROOF_CONTEXT),
  // What an asymmetric key encrypts has no context; by encrypting with it nobody learns anything.
  allow('RehearsesAsymmetricEncryption', ['kms:Encrypt'], keyArns, {
    StringEquals: { 'kms:EncryptionAlgorithm': ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'] },
  }),
  // By DryRun, unless a fleet asks for real signatures; IAM cannot tell the two apart.
  allow('ProvesSignaturesAndMacs', ['kms:Sign', 'kms:Verify', 'kms:GenerateMac', 'kms:VerifyMac'], keyArns),
];

/** What each member role may do, by what it is for. */
export const MEMBER_STATEMENTS: Readonly<Record<MemberRight, (reach: KeyReach) => readonly PolicyStatement[]>> = {
  observe: (reach) => [...reads(reach), ...probes(reach)],
  prove: (reach) => [
    allow('ReadsKeysToBeProven', ['kms:DescribeKey', 'kms:GetKeyRotationStatus', 'kms:GetPublicKey'], reach.keyArns),
    ...uses(reach),
  ],
  promote: (reach) => [
    allow('MovesPrimaries', ['kms:UpdatePrimaryRegion'], reach.keyArns, { StringEquals: { 'kms:PrimaryRegion': [...reach.regions] } }),
    ...uses(reach),
  ],
};

/** `observe-only` makes the one role that reads: nothing can be moved, nothing encrypted or decrypted. */
export type Variant = 'full' | 'observe-only';

export const ROLES_OF: Readonly<Record<Variant, readonly MemberRight[]>> = {
  full: ['observe', 'prove', 'promote'],
  'observe-only': ['observe'],
};
