import type { LifecycleEvent } from './lifecycle.ts';

/** Events that the bus did not take, the oldest first: one item of the table, sent again by the tick. */
export interface Outbox {
  readonly waiting: readonly LifecycleEvent[];
}

/** So many fit into one item of DynamoDB (400 KB) at the size of the largest event there is in practice, 2 KB. */
export const OUTBOX_EVENTS_MAX = 150;

/** The outbox with these events behind those that wait; an event that waits already is not taken twice. */
export const withWaiting = (
  outbox: Outbox | undefined,
  events: readonly LifecycleEvent[],
): { readonly outbox: Outbox; readonly tooMany: readonly LifecycleEvent[] } => {
  const before = outbox?.waiting ?? [];
  const known = new Set(before.map(identity));
  const all = [...before, ...events.filter((event) => !known.has(identity(event)))];
  return { outbox: { waiting: all.slice(0, OUTBOX_EVENTS_MAX) }, tooMany: all.slice(OUTBOX_EVENTS_MAX) };
};

/** The outbox without events that were sent, or undefined when it had none of them. */
export const withoutSent = (outbox: Outbox | undefined, sent: readonly LifecycleEvent[]): Outbox | undefined => {
  if (outbox === undefined) return undefined;
  const gone = new Set(sent.map(identity));
  const waiting = outbox.waiting.filter((event) => !gone.has(identity(event)));
  return waiting.length === outbox.waiting.length ? undefined : { waiting };
};

const identity = ({ detailType, detail }: LifecycleEvent): string => `${detailType}/${detail.eventId}`;
