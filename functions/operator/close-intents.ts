import { closed, type Intent, nextRun, withLostRun } from '../../core/coordination/intent.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';

/** An intent that was open when its fleet was stopped. */
export interface StoppedIntent {
  readonly id: string;
  readonly request: RunRequest;
  /** `closed`: nothing starts for it any more; `coming-home`: a drill that may have keys away, and is left to bring them home. */
  readonly became: 'closed' | 'coming-home';
  /** The run that was started for it and had no plan yet. */
  readonly starting?: string;
}

/**
 * Closes a fleet's open intents, those that wait for their next run and those whose run makes its plan: that run finds its intent
 * closed, and ends. The intent of the run that has the fleet is left to that run's report.
 * @param holder the run that has the fleet's lease
 */
export const closeIntents = async (
  runtime: Runtime,
  fleet: string,
  holder: string | undefined,
  because: string,
): Promise<readonly StoppedIntent[]> => {
  const found = await runtime.table.list<Intent>('intent');
  const open = found.filter(({ id, value }) => value.request.fleet === fleet && value.state === 'open' && !isHeld(id, value, holder));
  const stopped = await Promise.all(open.map(({ id, value }) => closeOne(runtime, id, value, because)));
  return stopped.flatMap((intent) => intent ?? []);
};

const isHeld = (id: string, { runs }: Intent, holder: string | undefined): boolean =>
  holder !== undefined && (runs.includes(holder) || holder.startsWith(`${id}-`));

const closeOne = async (runtime: Runtime, id: string, seen: Intent, because: string): Promise<StoppedIntent | undefined> => {
  const { request } = seen;
  if (request.operation === 'drill' && seen.planned === true) return { id, request, became: 'coming-home' };
  const next = nextRun(id, seen);
  const isAnnounced = (await runtime.table.read<AnnouncedRun>('run', next)) !== undefined;
  const isClosed = await changeItem<Intent, boolean>(runtime, 'intent', id, (current) => {
    // A run that came to its plan meanwhile has the lease, and is stopped by that.
    if (current === undefined || current.runs.length !== seen.runs.length) return { answer: false };
    // Its name is used up, whatever becomes of it: who wants the intent anew gets the next one.
    const store = closed(isAnnounced ? withLostRun(current, next) : current, because);
    return { store, answer: store !== undefined };
  });
  return isClosed ? { id, request, became: 'closed', ...(isAnnounced ? { starting: next } : {}) } : undefined;
};
