import type { AccountId } from '../region.ts';
import { problemsOf } from '../words/problems.ts';
import { type RawHealthEvent, rawHealthEventSchema } from './schema.ts';

/** One communication about one incident, in our words. Times are epoch milliseconds. */
export interface HealthEvent {
  /** Names the incident; the same in every update and copy, and the same in all accounts for a public incident. */
  readonly eventArn: string;
  /** Names one communication about the incident; the same in the copy that the backup Region gets. */
  readonly communicationId: string;
  /** Counted from 1. Only the list of affected resources is spread over pages. */
  readonly page: number;
  readonly affectedAccount: AccountId;
  /** For example `KMS`, `EC2`, `MULTIPLE_SERVICES`. */
  readonly service: string;
  readonly eventTypeCode: string;
  /** `issue`, `accountNotification`, `scheduledChange`, `investigation`, or something newer. */
  readonly category: string;
  /** The one account that it is about; undefined when it is public. */
  readonly onlyAccount: AccountId | undefined;
  /** `open`, `closed`, `upcoming`, or something newer. */
  readonly statusCode: string;
  /** The Region in trouble, or `global`. */
  readonly eventRegion: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly lastUpdatedAt: number | undefined;
}

type HealthReading =
  | { readonly kind: 'event'; readonly event: HealthEvent }
  | { readonly kind: 'malformed'; readonly problems: readonly string[] };

/**
 * Reads an AWS Health event as EventBridge delivers it. Never throws. Does not look at `source`: the rule lets only
 * `aws.health` through, and a rehearsal cannot use a source that begins with `aws.`.
 */
export const parseHealthEvent = (raw: unknown): HealthReading => {
  const parsed = rawHealthEventSchema.safeParse(raw);
  if (!parsed.success) return { kind: 'malformed', problems: problemsOf(parsed.error, raw, 'the event') };
  const { account, detail } = parsed.data;
  const event: HealthEvent = {
    eventArn: detail.eventArn,
    communicationId: detail.communicationId,
    page: detail.page ?? 1,
    affectedAccount: detail.affectedAccount ?? account,
    service: detail.service,
    eventTypeCode: detail.eventTypeCode,
    category: detail.eventTypeCategory,
    onlyAccount: onlyAccountOf(parsed.data),
    statusCode: detail.statusCode,
    eventRegion: detail.eventRegion,
    startedAt: detail.startTime,
    endedAt: detail.endTime ?? undefined,
    lastUpdatedAt: detail.lastUpdatedTime ?? undefined,
  };
  return { kind: 'event', event };
};

/**
 * A public event is never lost: it says PUBLIC, and one of a scope that is newer than this code counts as such. NONE is AWS's word for
 * no valid scope (https://docs.aws.amazon.com/health/latest/APIReference/API_DescribeEventDetails.html): like an event that names an
 * account and no scope it is about that account alone. Older public events name neither.
 */
const onlyAccountOf = ({ account, detail }: RawHealthEvent): AccountId | undefined => {
  const scope = detail.eventScopeCode ?? undefined;
  const named = detail.affectedAccount ?? undefined;
  if (scope === undefined) return named;
  return scope === 'ACCOUNT_SPECIFIC' || scope === 'NONE' ? (named ?? account) : undefined;
};
