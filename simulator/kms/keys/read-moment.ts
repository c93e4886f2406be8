import { noSuchKey } from '../refusal.ts';
import type { Call } from '../world.ts';
import { HISTORY_MS } from './history.ts';
import type { RegionalKey } from './kms-key.ts';
import type { RegionalView } from './regional-view.ts';

const drawn = new WeakMap<Call, number>();

/** The moment of the past that this call reads from, in epoch milliseconds. Drawn once for each call, so a later call may read from an earlier moment. */
export const readMoment = (call: Call): number => {
  const known = drawn.get(call);
  if (known !== undefined) return known;
  const { clock, unkindness, faults } = call.world;
  const moment = clock.now() - Math.max(unkindness.staleReadMs(), faults.staleReadMs(call));
  drawn.set(call, moment);
  return moment;
};

/** Whether this call knows already what happened at a moment. What is long past draws nothing, so that it does not shift what others draw. */
export const knowsOf = (call: Call, momentMs: number): boolean =>
  call.world.clock.now() - momentMs >= HISTORY_MS || momentMs <= readMoment(call);

/** What this call sees of a key. @throws NotFoundException while it does not know of the key */
export const seenView = (call: Call, key: RegionalKey): RegionalView => {
  const view = knowsOf(call, key.now.sinceMs) ? key.now : key.viewAt(readMoment(call));
  if (view === undefined) throw noSuchKey(key.arn);
  return view;
};
