import type { LifecycleEvent } from '../../../core/events/lifecycle.ts';
import { type Outbox, withoutSent, withWaiting } from '../../../core/events/outbox.ts';
import { EventsLost } from '../../../core/ports/bus.ts';
import { changeItem, replaceItem } from '../item.ts';
import type { Runtime } from '../runtime.ts';

const OUTBOX = 'pending';
/** How many waiting events one tick sends: three calls of ten. */
const RESENT_AT_ONCE_MAX = 30;

/**
 * Puts events on the bus. Never throws, since nobody may wait for a lease because the bus is out of order, and loses none: what the
 * bus does not take waits in the table for the next tick. A step that is repeated announces again, under the same eventId.
 */
export const announce = async (runtime: Runtime, events: readonly LifecycleEvent[]): Promise<void> => {
  if (events.length === 0) return;
  try {
    await runtime.bus.put(events);
  } catch (error) {
    const lost = notTaken(events, error);
    runtime.log('the bus did not take every event; the others wait in the table', { events: namesOf(lost), error: String(error) });
    await keep(runtime, lost);
  }
};

/** Events that can be kept neither on the bus nor in the table go to the log, whole: there somebody can still find them. */
const keep = async (runtime: Runtime, events: readonly LifecycleEvent[]): Promise<void> => {
  try {
    const tooMany = await changeItem<Outbox, readonly LifecycleEvent[]>(runtime, 'outbox', OUTBOX, (outbox) => {
      const next = withWaiting(outbox, events);
      return { store: next.outbox, answer: next.tooMany };
    });
    if (tooMany.length > 0) runtime.log('the outbox is full; these events are kept in this line only', { events: tooMany });
  } catch (error) {
    runtime.log('the table did not take the events either; they are kept in this line only', { events, error: String(error) });
  }
};

/** Sends what waits in the outbox; for the tick. What still does not go stays. @returns how many events were sent */
export const resendOutbox = async (runtime: Runtime): Promise<number> => {
  const outbox = await runtime.table.read<Outbox>('outbox', OUTBOX);
  const due = outbox?.value.waiting.slice(0, RESENT_AT_ONCE_MAX) ?? [];
  if (due.length === 0) return 0;
  const lost = await lostOf(runtime, due);
  const sent = due.filter((event) => !lost.includes(event));
  if (sent.length > 0) await replaceItem<Outbox>(runtime, 'outbox', OUTBOX, (current) => withoutSent(current, sent));
  return sent.length;
};

/** Sends them once more. @returns those that still do not go: one that the bus will never take must not keep the others */
const lostOf = async (runtime: Runtime, due: readonly LifecycleEvent[]): Promise<readonly LifecycleEvent[]> => {
  try {
    await runtime.bus.put(due);
    return [];
  } catch (error) {
    const lost = notTaken(due, error);
    runtime.log('the bus still does not take what waits in the outbox', { events: namesOf(lost), error: String(error) });
    return lost;
  }
};

/** Of these events, those that the bus did not take: all of them, unless it says which. */
const notTaken = (events: readonly LifecycleEvent[], error: unknown): readonly LifecycleEvent[] =>
  error instanceof EventsLost ? events.filter((event) => error.lost.includes(event)) : events;

const namesOf = (events: readonly LifecycleEvent[]): readonly string[] =>
  events.map(({ detailType, detail }) => `${detailType} ${detail.eventId}`);
