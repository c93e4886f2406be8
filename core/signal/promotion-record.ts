import { z } from 'zod';
import { type AccountId, accountIdSchema, type Region, regionSchema } from '../region.ts';
import { requiredText } from '../words/text.ts';
import { eventDate } from './date.ts';

export const CLOUDTRAIL_DETAIL_TYPE = 'AWS API Call via CloudTrail';

/**
 * One CloudTrail record of an UpdatePrimaryRegion call. A promotion leaves two with one request ID: the caller's in the old primary's
 * Region, and KMS's own in the new one's. https://docs.aws.amazon.com/kms/latest/developerguide/ct-update-primary-region.html
 */
export interface PromotionRecord {
  /** `mrk-…`, taken out of the ARN when one was sent. */
  readonly keyId: string;
  readonly account: AccountId;
  /** Where the record was written: the old primary's Region, or the new one's when KMS wrote it. */
  readonly recordedIn: Region;
  /** The Region that was asked for. */
  readonly target: Region;
  readonly requestId: string;
  /** Who called, as an ARN where the record has one. */
  readonly caller: string;
  /** Set to `kms.amazonaws.com` in the record of the new primary's Region. */
  readonly invokedBy: string | undefined;
  /** Why KMS refused; undefined when it did not. */
  readonly errorCode: string | undefined;
  /** Epoch milliseconds. */
  readonly calledAt: number;
}

const identitySchema = z
  .object({ type: z.string().nullish(), arn: z.string().nullish(), principalId: z.string().nullish(), invokedBy: z.string().nullish() })
  .nullish();

const KEY_ARN = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\//;
const keyIdOf = (sent: string): string => sent.replace(KEY_ARN, '');

export const rawPromotionSchema = z
  .object({
    detail: z.object({
      eventSource: z.literal('kms.amazonaws.com', 'expected kms.amazonaws.com'),
      eventName: z.literal('UpdatePrimaryRegion', 'expected UpdatePrimaryRegion'),
      eventTime: eventDate,
      awsRegion: regionSchema,
      recipientAccountId: accountIdSchema,
      requestID: requiredText,
      userIdentity: identitySchema,
      requestParameters: z.object(
        { keyId: requiredText, primaryRegion: regionSchema },
        'expected the call’s parameters keyId and primaryRegion',
      ),
      errorCode: z.string().nullish(),
    }),
  })
  .transform(({ detail }): PromotionRecord => {
    const { arn, principalId, type, invokedBy } = detail.userIdentity ?? {};
    return {
      keyId: keyIdOf(detail.requestParameters.keyId),
      account: detail.recipientAccountId,
      recordedIn: detail.awsRegion,
      target: detail.requestParameters.primaryRegion,
      requestId: detail.requestID,
      caller: arn ?? principalId ?? invokedBy ?? type ?? 'somebody whom the record does not name',
      invokedBy: invokedBy ?? undefined,
      errorCode: detail.errorCode ?? undefined,
      calledAt: detail.eventTime,
    };
  });
