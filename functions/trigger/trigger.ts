import { z } from 'zod';
import { parseHealthEvent } from '../../core/health/parse.ts';
import type { Runtime } from '../frame/runtime.ts';
import { type FleetVerdict, onHealthEvent } from './health.ts';
import { onTick, type TickVerdict } from './tick.ts';

/** What came is no signal that we know, or one that cannot be read. The event goes to the dead-letter queue. */
export class InvalidEventError extends Error {
  override readonly name = 'InvalidEvent';
}

/** The schedule's minute tick: sent by our own rule, so its shape is ours. */
export const TICK = { source: 'mrk-failover', 'detail-type': 'Reconcile Tick' } as const;

const envelopeSchema = z.looseObject({ source: z.string(), 'detail-type': z.string() });

export type TriggerAnswer = { readonly fleets: readonly FleetVerdict[] } | { readonly intents: readonly TickVerdict[] };

/** Turns a signal into decisions, and starts the runs that they allow. */
export const trigger = async (raw: unknown, runtime: Runtime): Promise<TriggerAnswer> => {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success)
    throw new InvalidEventError(
      `Expected an EventBridge event with the texts source and detail-type; got ${JSON.stringify(raw)?.slice(0, 200)}.`,
    );
  const kind = envelope.data['detail-type'];
  if (envelope.data.source === TICK.source && kind === TICK['detail-type']) return { intents: await onTick(runtime) };
  if (kind !== 'AWS Health Event')
    throw new InvalidEventError(`Expected a signal of the kind AWS Health Event or Reconcile Tick; got ${kind}.`);
  const reading = parseHealthEvent(raw);
  if (reading.kind === 'malformed')
    throw new InvalidEventError(`The AWS Health event cannot be read, and nothing was started:\n${reading.problems.join('\n')}`);
  return { fleets: await onHealthEvent(reading.event, runtime) };
};
