import type { PromotionRecord } from '../../core/signal/promotion-record.ts';
import type { Signal } from '../../core/signal/signal.ts';
import { isMove, type PendingPromotions, withPending } from '../../core/stranger/pending.ts';
import { loadFleets } from '../frame/fleets.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { callsOf, fleetsIn, holders } from './sent-calls.ts';

type PromotionSignal = Extract<Signal, { kind: 'promotion' }>;

/** What a record of CloudTrail comes to: one of our own calls, one of nobody's business here, or one to be looked at again. */
export interface RecordVerdict {
  readonly kind: 'ours' | 'no-move' | 'not-watched' | 'pending';
  readonly requestId: string;
}

/** A run's calls are read anew after so long: hundreds of records of one run come within minutes, and each is matched by itself. */
const CACHED_MS = 20_000;

interface Cached {
  readonly requestIds: ReadonlySet<string>;
  readonly at: number;
}

/** Per function instance, the calls of the runs that it was asked about last. */
const caches = new WeakMap<Runtime, Map<string, Cached>>();
const CACHED_RUNS_MAX = 20;

/** Item of the promotions that wait to be matched. Each control Region hears of all of them, and knows its own runs. */
export const pendingId = (runtime: Pick<Runtime, 'controlRegion'>): string => `pending-${runtime.controlRegion}`;

/**
 * A promotion on CloudTrail's record. Our own are only counted; what none of our runs is known to have sent waits for the tick, since
 * records may come before a run has written its calls down.
 */
export const onPromotionRecord = async ({ record }: PromotionSignal, runtime: Runtime): Promise<RecordVerdict> => {
  const kind = await kindOf(record, runtime);
  const { requestId, keyId, account } = record;
  runtime.log('a promotion on record', { kind, requestId, keyId, account });
  return { kind, requestId };
};

const kindOf = async (record: PromotionRecord, runtime: Runtime): Promise<RecordVerdict['kind']> => {
  if (!isMove(record)) return 'no-move';
  const fleets = fleetsIn(await loadFleets(runtime), record.account);
  if (fleets.length === 0) return 'not-watched';
  for (const runId of await holders(runtime, fleets))
    if ((await requestIdsOf(runtime, runId, record.requestId)).has(record.requestId)) return 'ours';
  await replaceItem<PendingPromotions>(runtime, 'promotion', pendingId(runtime), (pending) =>
    withPending(pending, record, runtime.clock.now()),
  );
  return 'pending';
};

/** The IDs of a run's calls, as they were read not long ago, or anew when the one that is looked for is not among those. */
const requestIdsOf = async (runtime: Runtime, runId: string, wanted: string): Promise<ReadonlySet<string>> => {
  const cache = caches.get(runtime) ?? new Map<string, Cached>();
  caches.set(runtime, cache);
  const now = runtime.clock.now();
  const cached = cache.get(runId);
  if (cached !== undefined && (cached.requestIds.has(wanted) || now - cached.at < CACHED_MS)) return cached.requestIds;
  const { requestIds } = (await callsOf(runtime, [runId])).calls;
  if (cache.size >= CACHED_RUNS_MAX) cache.clear();
  cache.set(runId, { requestIds, at: now });
  return requestIds;
};
