import { type Intent, isWaiting } from '../../core/coordination/intent.ts';
import { runName } from '../../core/run/name.ts';
import type { Runtime } from '../frame/runtime.ts';
import { announceAndStart } from './start.ts';

/** What the tick found for one intent that waits. */
export interface TickVerdict {
  readonly intent: string;
  readonly verdict: 'started' | 'running' | 'still-dark';
  readonly runId?: string;
}

/** Looks after the intents that blocked keys keep open: where a primary's Region answers again, the next run is started. */
export const onTick = async (runtime: Runtime): Promise<readonly TickVerdict[]> => {
  const intents = await runtime.table.list<Intent>('intent');
  const waiting = intents.filter(({ value }) => isWaiting(value, runtime.clock.now()));
  return Promise.all(waiting.map(({ id, value }) => lookAfter(runtime, id, value)));
};

const lookAfter = async (runtime: Runtime, id: string, intent: Intent): Promise<TickVerdict> => {
  const last = intent.runs.at(-1);
  if (last !== undefined && (await runtime.executions.status(last)) === 'RUNNING') return { intent: id, verdict: 'running' };
  const looks = await Promise.all(intent.blockedSample.map((key) => runtime.kms.describe(key)));
  if (!looks.some((look) => look.kind === 'seen')) return { intent: id, verdict: 'still-dark' };
  const runId = runName(id, intent.runs.length + 1);
  const started = await announceAndStart(runtime, runId, intent.request, `reconcile: ${intent.request.source} answers again`);
  return { intent: id, verdict: started === 'started' ? 'started' : 'running', runId };
};
