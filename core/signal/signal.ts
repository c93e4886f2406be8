import type { HealthEvent } from '../health/parse.ts';
import type { AlarmChange } from './alarm.ts';
import type { DrillDue } from './drill-due.ts';
import type { ExecutionChange } from './execution-change.ts';
import type { PromotionRecord } from './promotion-record.ts';

/** What makes `trigger` look, in our words. Plain data: it may be stored and judged again. */
export type Signal =
  | { readonly kind: 'health'; readonly at: SentAt; readonly event: HealthEvent }
  | { readonly kind: 'alarm'; readonly at: SentAt; readonly alarm: AlarmChange }
  | { readonly kind: 'drill-due'; readonly at: SentAt; readonly drill: DrillDue }
  | { readonly kind: 'promotion'; readonly at: SentAt; readonly record: PromotionRecord }
  | { readonly kind: 'execution'; readonly at: SentAt; readonly change: ExecutionChange }
  | { readonly kind: 'tick'; readonly at: SentAt };

/** When EventBridge says that the event was sent, in epoch milliseconds; an event without `time` does not say. */
export type SentAt = number | undefined;

/** `foreign`: an event of a kind that nobody here waits for. `malformed`: one that should be a signal, and lacks what it needs; a sentence per problem. */
export type SignalReading =
  | { readonly kind: 'signal'; readonly signal: Signal }
  | { readonly kind: 'foreign'; readonly at: SentAt; readonly what: string }
  | { readonly kind: 'malformed'; readonly problems: readonly string[] };
