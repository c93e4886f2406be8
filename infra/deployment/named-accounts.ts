/**
 * So many accounts by name fit into a role's policy and into a bus's; beyond that it is the organization that is named.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
export const NAMED_ACCOUNTS_MAX = 100;
