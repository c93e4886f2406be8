import type { Region } from '../region.ts';
import { regionSchema } from '../region.ts';
import { incidentOfSignal } from '../signal/identity.ts';
import { spokenAt } from './spoken-at.ts';
import type { IncidentSignal, Word } from './watch.ts';

/**
 * What a signal says of its incident, and when by its source's own clock.
 * @param region the Region in trouble, as far as the decision knows it
 * @param now the time to go by when the source does not say when it spoke, or names a time to come
 */
export const wordOf = (signal: IncidentSignal, region: Region, now: number): Word => {
  const incident = incidentOfSignal(signal) ?? '';
  if (signal.kind === 'alarm') return { incident, region, origin: signal.alarm.arn, heardAt: spokenAt(signal.alarm.since, now), signal };
  const { event } = signal;
  const named = regionSchema.safeParse(event.eventRegion);
  return {
    incident,
    region: named.success ? named.data : region,
    origin: event.eventArn,
    heardAt: spokenAt(event.lastUpdatedAt ?? signal.at ?? event.endedAt ?? now, now),
    signal,
  };
};

/** Whether the signal says that its incident is over. */
export const saysOver = (signal: IncidentSignal, now: number): boolean =>
  signal.kind === 'alarm'
    ? signal.alarm.state === 'OK'
    : signal.event.statusCode === 'closed' || (signal.event.endedAt !== undefined && signal.event.endedAt <= now);
