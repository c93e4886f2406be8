import { extended, isTakenOver, type Lease, PROMOTE_MS_MAX, SKEW_MS } from '../../../core/coordination/lease.ts';
import type { ItemKind } from '../../../core/ports/table.ts';
import { changeItem } from '../item.ts';
import type { Runtime } from '../runtime.ts';
import { Situation } from '../situation.ts';
import type { RunFile } from './run-file.ts';

/** The fleet went to another run, or was given back, while this one worked or lay still: what it found out is not its to write any more. */
export class FencedOffError extends Situation {
  override readonly name = 'FencedOff';
}

/** The lease is guarded by its own version; the outbox keeps events, which tell of what is past. */
const UNFENCED: ReadonlySet<ItemKind> = new Set(['lease', 'outbox']);
/** A write is on its way for three attempts of 5 s at most, with the pauses between them. */
const WRITE_MS_MAX = 20_000;
/** An answer of the table that is older has been overtaken, perhaps: this machine lay still meanwhile, and asks again. */
const FRESH_MS_MAX = 2_000;
const LOOKS_MAX = 5;

/**
 * The runtime of a run that holds its fleet under a fencing number. Before each write to table and store the lease is read again, and
 * it is written only while no other run can have the fleet before the write has arrived: who lost the fleet writes nothing more.
 *
 * DynamoDB and S3 have no write that is conditional on another item. So what was sent just before the fleet was given back may still
 * arrive; it harms nobody, since what a run writes lies under its own ID, and what runs share is written under the version that was read.
 */
export const fencedBy = (runtime: Runtime, run: Pick<RunFile, 'runId' | 'fence' | 'fleetName'>): Runtime => {
  const ensureOurs = async (what: string): Promise<void> => {
    for (let look = 0; look < LOOKS_MAX; look += 1) {
      const askedAt = runtime.clock.now();
      const lost = await changeItem<Lease, string | undefined>(runtime, 'lease', run.fleetName, (lease) => ours(lease, run, askedAt));
      if (lost !== undefined) throw new FencedOffError(`Run ${run.runId} (fence ${run.fence}) did not write ${what}: ${lost}.`);
      if (runtime.clock.now() - askedAt <= FRESH_MS_MAX) return;
    }
    throw new FencedOffError(
      `Run ${run.runId} (fence ${run.fence}) did not write ${what}: the table took too long to say whose the fleet is.`,
    );
  };
  return {
    ...runtime,
    table: {
      read: (kind, id) => runtime.table.read(kind, id),
      list: (kind, idPrefix) => runtime.table.list(kind, idPrefix),
      remove: async (kind, id, ifVersion) => {
        await ensureOurs(`${kind} "${id}"`);
        return runtime.table.remove(kind, id, ifVersion);
      },
      write: async (kind, id, value, ifVersion) => {
        if (!UNFENCED.has(kind)) await ensureOurs(`${kind} "${id}"`);
        return runtime.table.write(kind, id, value, ifVersion);
      },
    },
    store: {
      get: (path) => runtime.store.get(path),
      tagOf: (path) => runtime.store.tagOf(path),
      list: (prefix) => runtime.store.list(prefix),
      put: async (path, body, condition) => {
        await ensureOurs(path);
        return runtime.store.put(path, body, condition);
      },
    },
  };
};

/** Whether the fleet is the run's until a write has arrived; a lease that ran out and that nobody took is taken up again for it. */
const ours = (
  lease: Lease | undefined,
  run: Pick<RunFile, 'runId' | 'fence' | 'fleetName'>,
  now: number,
): { readonly store?: Lease | undefined; readonly answer: string | undefined } => {
  if (lease === undefined) return { answer: undefined };
  if (isTakenOver(lease, run)) return { answer: `run ${lease.holder} (fence ${lease.fence}) has fleet ${run.fleetName} now` };
  if (lease.released) return { answer: `it gave fleet ${run.fleetName} back` };
  const isSafe = now + WRITE_MS_MAX + SKEW_MS < lease.expiresAt + PROMOTE_MS_MAX;
  return { store: isSafe ? undefined : extended(lease, run, now), answer: undefined };
};
