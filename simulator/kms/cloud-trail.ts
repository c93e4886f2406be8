import { keyArn } from './keys/arn.ts';
import type { RegionalKey } from './keys/kms-key.ts';

/** One CloudTrail record of UpdatePrimaryRegion: https://docs.aws.amazon.com/kms/latest/developerguide/ct-update-primary-region.html */
export interface CloudTrailRecord {
  readonly eventVersion: '1.08';
  readonly eventTime: string;
  readonly eventSource: 'kms.amazonaws.com';
  readonly eventName: 'UpdatePrimaryRegion';
  readonly eventType: 'AwsApiCall';
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly userIdentity: Readonly<Record<string, string>>;
  readonly requestParameters: { readonly keyId: string; readonly primaryRegion: string };
  readonly responseElements: null;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: false;
  readonly managementEvent: true;
  readonly resources: readonly [{ readonly accountId: string; readonly type: 'AWS::KMS::Key'; readonly ARN: string }];
}

/** A promotion as CloudTrail tells it: `keyIdAsSent` is the caller's own words. */
export interface RecordedPromotion {
  readonly source: RegionalKey;
  readonly targetRegion: string;
  readonly keyIdAsSent: string;
  readonly requestId: string;
  readonly atMs: number;
}

const record = (promotion: RecordedPromotion, awsRegion: string, keyId: string, arn: string, by: Readonly<Record<string, string>>) => {
  const { account } = promotion.source.key;
  return {
    eventVersion: '1.08',
    eventTime: new Date(promotion.atMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: 'kms.amazonaws.com',
    eventName: 'UpdatePrimaryRegion',
    eventType: 'AwsApiCall',
    awsRegion,
    recipientAccountId: account,
    userIdentity: { type: 'AssumedRole', accountId: account, arn: `arn:aws:sts::${account}:assumed-role/simulated-caller/session`, ...by },
    requestParameters: { keyId, primaryRegion: promotion.targetRegion },
    responseElements: null,
    requestID: promotion.requestId,
    eventID: `${promotion.requestId}/${awsRegion}`,
    readOnly: false,
    managementEvent: true,
    resources: [{ accountId: account, type: 'AWS::KMS::Key', ARN: arn }],
  } as const satisfies CloudTrailRecord;
};

/**
 * The record in the old primary's Region, with the caller's words, and the one in the new primary's, which KMS itself makes
 * and which does not name the old one. A call that asked for the Region the primary is in already leaves the first alone.
 */
export const recordsOf = (promotion: RecordedPromotion): readonly CloudTrailRecord[] => {
  const { source, targetRegion, keyIdAsSent } = promotion;
  const sent = record(promotion, source.region, keyIdAsSent, source.arn, {});
  if (targetRegion === source.region) return [sent];
  const newArn = keyArn(source.key.account, targetRegion, source.key.keyId);
  return [sent, record(promotion, targetRegion, newArn, newArn, { invokedBy: 'kms.amazonaws.com' })];
};
