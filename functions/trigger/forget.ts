import type { Intent } from '../../core/coordination/intent.ts';
import { isForgotten, isPast } from '../../core/coordination/keeping.ts';
import type { Decision } from '../../core/decision/decision.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { loadFleets } from '../frame/fleets.ts';
import type { Runtime } from '../frame/runtime.ts';
import { atOnce } from './at-once.ts';
import { watchesOf } from './watches.ts';

/** What one tick removes of each kind; the next goes on. */
const REMOVED_MAX = 50;
const TICK_MS = 60_000;
/** The minute of the hour in which one fleet's decisions are looked through. */
const MINUTE = 41;
/** Under this name stands what operators did for all fleets. */
const ALL = 'all';

/** An intent as it was listed. */
interface Listed {
  readonly id: string;
  readonly value: Intent;
  readonly version: number;
}

/** Removes intents that were closed long ago, with the notes of their runs. May be repeated, and may run twice at once. */
export const forgetIntents = async (runtime: Runtime, intents: readonly Listed[]): Promise<void> => {
  const now = runtime.clock.now();
  const old = intents.filter(({ value }) => isForgotten(value, undefined, now)).slice(0, REMOVED_MAX);
  await atOnce(old, async ({ id, value, version }) => {
    if (!isForgotten(value, await watchesOf(runtime, value.request.fleet), now)) return;
    for (const runId of value.runs) {
      const run = await runtime.table.read<AnnouncedRun>('run', runId);
      if (run !== undefined) await runtime.table.remove('run', runId, run.version);
    }
    // The last, so that what is left of it by one that dies here is found again.
    await runtime.table.remove('intent', id, version);
  });
};

/** Once an hour, removes the decisions of one fleet, in turn, that were made long ago. May be repeated, and may run twice at once. */
export const forgetDecisions = async (runtime: Runtime): Promise<void> => {
  const now = runtime.clock.now();
  const minute = Math.floor(now / TICK_MS);
  if (minute % 60 !== MINUTE) return;
  const names = [...(await loadFleets(runtime)).keys(), ALL];
  const name = names[Math.floor(minute / 60) % names.length];
  const decisions = await runtime.table.list<Decision>('decision', `${name}/`);
  const old = decisions.filter(({ value }) => isPast(value.at, now)).slice(0, REMOVED_MAX);
  await atOnce(old, ({ id, version }) => runtime.table.remove('decision', id, version));
};
