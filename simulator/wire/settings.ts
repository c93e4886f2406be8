import type { UnkindnessName } from '../kms/unkindness.ts';

/** What a simulator on the wire is to be. */
export interface WireSettings {
  /** 0 takes any free port. */
  readonly port: number;
  readonly seed: string;
  /** The first is whose an access key is that is not itself the number of an account. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly unkindness: UnkindnessName;
}

export const DEFAULT_ACCOUNTS = ['111122223333', '444455556666'];
/**
 * The Regions that every account has without asking for them, source and target of an ordinary failover first:
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
export const DEFAULT_REGIONS = [
  'us-east-1',
  'us-west-2',
  'us-east-2',
  'us-west-1',
  'ca-central-1',
  'sa-east-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'eu-central-1',
  'eu-north-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
];

export const ACCOUNTS_MAX = 1_000;
export const REGIONS_MAX = 40;
