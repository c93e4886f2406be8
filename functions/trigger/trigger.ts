import { parseSignal } from '../../core/signal/parse.ts';
import type { Runtime } from '../frame/runtime.ts';
import { Situation } from '../frame/situation.ts';
import { onAlarm } from './alarm.ts';
import type { CloseOut } from './close-out.ts';
import { onDrillDue } from './drill-due.ts';
import { onExecutionChange } from './execution-ended.ts';
import { onHealth } from './health.ts';
import { inTime } from './in-time.ts';
import { onPromotionRecord, type RecordVerdict } from './promotion-record.ts';
import type { FleetVerdict } from './settle.ts';
import { onTick, type TickAnswer } from './tick.ts';

/** What came is no signal that we know, or one that cannot be read. The event goes to the dead-letter queue. */
export class InvalidEventError extends Situation {
  override readonly name = 'InvalidEvent';
}

export type TriggerAnswer =
  | { readonly fleets: readonly FleetVerdict[] }
  | TickAnswer
  | { readonly promotion: RecordVerdict }
  | { readonly closeOut: CloseOut };

/** Turns a signal into decisions, and starts the runs that they allow. @throws InvalidEventError, and what makes a later delivery worth while */
export const trigger = async (raw: unknown, unlimited: Runtime): Promise<TriggerAnswer> => {
  const reading = parseSignal(raw);
  if (reading.kind === 'foreign')
    throw new InvalidEventError(`Expected a signal that this function is subscribed to; got ${reading.what}. Nothing was started.`);
  if (reading.kind === 'malformed')
    throw new InvalidEventError(`The event cannot be read, and nothing was started:\n${reading.problems.join('\n')}`);
  const { signal } = reading;
  // Records come by the hundred, need no call for keys, and are matched with what was read for the one before.
  const runtime = signal.kind === 'promotion' ? unlimited : inTime(unlimited);
  switch (signal.kind) {
    case 'health':
      return { fleets: await onHealth(signal, runtime) };
    case 'alarm':
      return { fleets: await onAlarm(signal, runtime) };
    case 'drill-due':
      return { fleets: await onDrillDue(signal, runtime) };
    case 'tick':
      return onTick(runtime);
    case 'promotion':
      return { promotion: await onPromotionRecord(signal, runtime) };
    case 'execution':
      return { closeOut: await onExecutionChange(signal, runtime) };
  }
};
