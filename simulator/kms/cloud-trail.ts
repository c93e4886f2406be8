import type { Caller } from './authorization/caller.ts';
import { keyArn } from './keys/arn.ts';
import type { RegionalKey } from './keys/kms-key.ts';

/**
 * One CloudTrail record of what changes who is related to whom: UpdatePrimaryRegion
 * (https://docs.aws.amazon.com/kms/latest/developerguide/ct-update-primary-region.html), ReplicateKey, and the CreateKey that
 * it brings about (https://docs.aws.amazon.com/kms/latest/developerguide/ct-replicate-key.html).
 */
export interface CloudTrailRecord {
  readonly eventVersion: '1.08';
  readonly eventTime: string;
  readonly eventSource: 'kms.amazonaws.com';
  readonly eventName: 'UpdatePrimaryRegion' | 'ReplicateKey' | 'CreateKey';
  readonly eventType: 'AwsApiCall';
  readonly awsRegion: string;
  readonly recipientAccountId: string;
  readonly userIdentity: Readonly<Record<string, string>>;
  readonly requestParameters: Readonly<Record<string, string>> | null;
  readonly responseElements: null;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: false;
  readonly managementEvent: true;
  readonly resources: readonly [{ readonly accountId: string; readonly type: 'AWS::KMS::Key'; readonly ARN: string }];
}

/** A call that concerns two Regions, as CloudTrail tells it: `keyIdAsSent` is the caller's own words. */
interface RecordedCall {
  /** The primary that the call was sent to. */
  readonly source: RegionalKey;
  readonly targetRegion: string;
  readonly keyIdAsSent: string;
  readonly requestId: string;
  readonly atMs: number;
  readonly caller: Caller;
}

/** What differs between the records of one call. */
interface Particulars {
  readonly eventName: CloudTrailRecord['eventName'];
  readonly awsRegion: string;
  readonly requestParameters: CloudTrailRecord['requestParameters'];
  readonly arn: string;
  /** Whether KMS made the call itself, on the caller's behalf. */
  readonly byKms: boolean;
}

const IDENTITY_TYPE: Readonly<Record<Caller['kind'], string>> = { 'role session': 'AssumedRole', user: 'IAMUser', account: 'Root' };

const record = (call: RecordedCall, { arn, awsRegion, byKms, eventName, requestParameters }: Particulars): CloudTrailRecord => {
  const { atMs, caller, requestId, source } = call;
  const { account } = source.key;
  return {
    eventVersion: '1.08',
    eventTime: new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: 'kms.amazonaws.com',
    eventName,
    eventType: 'AwsApiCall',
    awsRegion,
    recipientAccountId: account,
    userIdentity: {
      type: IDENTITY_TYPE[caller.kind],
      accountId: account,
      arn: caller.arn,
      ...(byKms && { invokedBy: 'kms.amazonaws.com' }),
    },
    requestParameters,
    responseElements: null,
    requestID: requestId,
    eventID: `${requestId}/${awsRegion}`,
    readOnly: false,
    managementEvent: true,
    resources: [{ accountId: account, type: 'AWS::KMS::Key', ARN: arn }],
  };
};

const arnInTarget = ({ source, targetRegion }: RecordedCall): string => keyArn(source.key.account, targetRegion, source.key.keyId);

/**
 * The record in the old primary's Region, with the caller's words, and the one in the new primary's, which KMS itself makes
 * and which does not name the old one. A call that asked for the Region the primary is in already leaves the first alone.
 */
export const promotionRecords = (call: RecordedCall): readonly CloudTrailRecord[] => {
  const { keyIdAsSent, source, targetRegion } = call;
  const promotion = (awsRegion: string, keyId: string, arn: string, byKms: boolean): CloudTrailRecord =>
    record(call, { eventName: 'UpdatePrimaryRegion', awsRegion, requestParameters: { keyId, primaryRegion: targetRegion }, arn, byKms });
  const sent = promotion(source.region, keyIdAsSent, source.arn, false);
  if (targetRegion === source.region) return [sent];
  return [sent, promotion(targetRegion, arnInTarget(call), arnInTarget(call), true)];
};

/** The record in the primary's Region, and that of the key which KMS makes in the replica's. */
export const replicationRecords = (call: RecordedCall): readonly CloudTrailRecord[] => {
  const { keyIdAsSent, source, targetRegion } = call;
  const requestParameters = { keyId: keyIdAsSent, replicaRegion: targetRegion };
  return [
    record(call, { eventName: 'ReplicateKey', awsRegion: source.region, requestParameters, arn: source.arn, byKms: false }),
    record(call, { eventName: 'CreateKey', awsRegion: targetRegion, requestParameters: null, arn: arnInTarget(call), byKms: true }),
  ];
};

/** More than a story of 10,000 keys writes; a server may run for weeks. */
const RECORDS_MAX = 100_000;

/** Adds to a trail; the oldest records make room when there are too many. */
export const keepRecords = (trail: CloudTrailRecord[], records: readonly CloudTrailRecord[]): void => {
  trail.push(...records);
  if (trail.length > RECORDS_MAX) trail.splice(0, trail.length - RECORDS_MAX);
};
