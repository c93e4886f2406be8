import type { Batch } from '../../core/batch/batch.ts';
import type { Phase } from '../../core/batch/record.ts';
import { keyName } from '../../core/key/key.ts';
import type { OutcomeKind } from '../../core/outcome/reasons.ts';
import type { Store } from '../../core/ports/store.ts';

/** Where a story stands, for whoever watches it. */
export interface Snapshot {
  /** Keys by outcome, or by how far they have come. */
  readonly keysBy: Readonly<Partial<Record<OutcomeKind | Phase, number>>>;
  readonly seconds: number;
  readonly throttled: number;
}

/** Follows the keys through the batches that the functions store. */
export class Progress {
  readonly #standOf = new Map<string, OutcomeKind | Phase>();

  /** The store as it was, with every batch that is put into it noted. */
  watching(store: Store): Store {
    return {
      get: (path) => store.get(path),
      tagOf: (path) => store.tagOf(path),
      list: (prefix) => store.list(prefix),
      put: async (path, body, condition) => {
        const tag = await store.put(path, body, condition);
        if (tag !== undefined && path.includes('/batches/') && typeof body === 'string') this.#note(JSON.parse(body) as Batch);
        return tag;
      },
    };
  }

  keysBy(): Snapshot['keysBy'] {
    const counts: Partial<Record<OutcomeKind | Phase, number>> = {};
    for (const stand of this.#standOf.values()) counts[stand] = (counts[stand] ?? 0) + 1;
    return counts;
  }

  #note(batch: Batch): void {
    for (const record of batch.records) this.#standOf.set(keyName(record), record.outcome?.kind ?? record.phase);
  }
}
