import { z } from 'zod';
import { parseHealthEvent } from '../health/parse.ts';
import { gotText } from '../words/got.ts';
import { problemsOf } from '../words/problems.ts';
import { ALARM_DETAIL_TYPE, rawAlarmSchema } from './alarm.ts';
import { instantOf } from './date.ts';
import { DRILL_DUE, rawDrillDueSchema } from './drill-due.ts';
import { EXECUTION_DETAIL_TYPE, rawExecutionSchema } from './execution-change.ts';
import { CLOUDTRAIL_DETAIL_TYPE, rawPromotionSchema } from './promotion-record.ts';
import type { SentAt, Signal, SignalReading } from './signal.ts';

/** The schedule's minute tick: sent by our own rule, so its shape is ours. */
export const TICK = { source: 'mrk-failover', 'detail-type': 'Reconcile Tick' } as const;

const TEXT = 'expected a text';
const envelopeSchema = z.object({ source: z.string(TEXT), 'detail-type': z.string(TEXT), time: z.unknown().optional() });

/**
 * Reads an event as EventBridge delivers it. Never throws. Fields that nobody needs are not looked at, so that events may grow; what a
 * signal needs must be there. Goes by `detail-type`: a rehearsal cannot send with a source that begins with `aws.`, and the rules
 * of the stack let only the true source through.
 */
export const parseSignal = (raw: unknown): SignalReading => {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return { kind: 'malformed', problems: problemsOf(envelope.error, raw, 'the event') };
  const { source, 'detail-type': detailType, time } = envelope.data;
  const at = typeof time === 'string' ? instantOf(time) : undefined;
  if (time !== undefined && time !== null && at === undefined)
    return { kind: 'malformed', problems: [`time: expected a date such as 2026-10-20T07:41:00Z; got ${gotText(time)}.`] };
  if (detailType === 'AWS Health Event' || detailType === 'AWS Health Abuse Event') return health(raw, at);
  if (detailType === ALARM_DETAIL_TYPE) return read(rawAlarmSchema, raw, (alarm) => ({ kind: 'alarm', at, alarm }));
  if (detailType === EXECUTION_DETAIL_TYPE) return read(rawExecutionSchema, raw, (change) => ({ kind: 'execution', at, change }));
  if (detailType === CLOUDTRAIL_DETAIL_TYPE) return cloudTrail(raw, at);
  if (source === DRILL_DUE.source && detailType === DRILL_DUE['detail-type'])
    return read(rawDrillDueSchema, raw, (drill) => ({ kind: 'drill-due', at, drill }));
  if (source === TICK.source && detailType === TICK['detail-type']) return { kind: 'signal', signal: { kind: 'tick', at } };
  return { kind: 'foreign', at, what: `an event "${detailType.slice(0, 100)}" of ${source.slice(0, 100)}` };
};

const health = (raw: unknown, at: SentAt): SignalReading => {
  const reading = parseHealthEvent(raw);
  return reading.kind === 'event' ? { kind: 'signal', signal: { kind: 'health', at, event: reading.event } } : reading;
};

const calledSchema = z.object({
  detail: z.object({ eventSource: z.string(TEXT), eventName: z.string(TEXT), errorCode: z.unknown().optional() }, 'expected an object'),
});

const cloudTrail = (raw: unknown, at: SentAt): SignalReading => {
  const called = calledSchema.safeParse(raw);
  if (!called.success) return { kind: 'malformed', problems: problemsOf(called.error, raw, 'the event') };
  const { eventSource, eventName, errorCode } = called.data.detail;
  if (eventSource !== 'kms.amazonaws.com' || eventName !== 'UpdatePrimaryRegion')
    return { kind: 'foreign', at, what: `CloudTrail’s record of ${eventName.slice(0, 100)} at ${eventSource.slice(0, 100)}` };
  const reading = read(rawPromotionSchema, raw, (record) => ({ kind: 'promotion', at, record }));
  // What KMS refused may be nonsense in every field, and moved nothing.
  return reading.kind === 'malformed' && typeof errorCode === 'string'
    ? { kind: 'foreign', at, what: 'CloudTrail’s record of a promotion that KMS refused as nonsense' }
    : reading;
};

const read = <T>(schema: z.ZodType<T>, raw: unknown, signalOf: (value: T) => Signal): SignalReading => {
  const parsed = schema.safeParse(raw);
  return parsed.success
    ? { kind: 'signal', signal: signalOf(parsed.data) }
    : { kind: 'malformed', problems: problemsOf(parsed.error, raw, 'the event') };
};
