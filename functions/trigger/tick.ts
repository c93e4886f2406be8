import { type Intent, isWaiting } from '../../core/coordination/intent.ts';
import type { Runtime } from '../frame/runtime.ts';
import { atOnce } from './at-once.ts';
import { type FollowUp, followUp } from './follow-up.ts';

/** What the tick found for one intent that waits. */
export interface TickVerdict extends FollowUp {
  readonly intent: string;
}

/** Looks after the open intents: what blocked keys, lost runs and lost reports left unfinished is taken up by the next run. */
export const onTick = async (runtime: Runtime): Promise<readonly TickVerdict[]> => {
  const intents = await runtime.table.list<Intent>('intent');
  const waiting = intents.filter(({ value }) => isWaiting(value, runtime.clock.now()));
  return atOnce(waiting, async ({ id, value }) => ({
    intent: id,
    ...(await followUp(runtime, id, value, 'reconcile: the intent is open, and nothing keeps it from its next run')),
  }));
};
