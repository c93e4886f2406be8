import type { ItemKind, Table, Versioned } from '../../core/ports/table.ts';
import { type Latency, type Pace, paced } from './paced.ts';
import { utf8Order } from './utf8-order.ts';

/** What a call to DynamoDB from the same Region takes. */
export const tableLatency: Latency = { msMin: 2, msMax: 15 };

/** DynamoDB's limit on an item, 400 KB: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const itemBytesMax = 400 * 1024;

interface Item {
  readonly id: string;
  /** JSON text, so that nobody shares an object with the table. */
  readonly text: string;
  readonly version: number;
}

const read = <T>({ text, version }: Item): Versioned<T> => ({ value: JSON.parse(text), version });

/** The coordination table in memory. Calls take no time unless a pace is given. */
export const createMemoryTable = (pace?: Pace): Table => {
  const kinds = new Map<ItemKind, Map<string, Item>>();
  const itemsOf = (kind: ItemKind): Map<string, Item> => {
    const items = kinds.get(kind) ?? new Map<string, Item>();
    kinds.set(kind, items);
    return items;
  };

  return {
    read<T>(kind: ItemKind, id: string) {
      return paced(pace, () => {
        const item = itemsOf(kind).get(id);
        return item === undefined ? undefined : read<T>(item);
      });
    },

    async write<T>(kind: ItemKind, id: string, value: T, ifVersion: number) {
      // Taken down before any time passes: what the caller does with its object afterwards is not written.
      const text = JSON.stringify(value);
      const bytes = Buffer.byteLength(text);
      if (bytes > itemBytesMax) throw new Error(`Expected an item of at most ${itemBytesMax} bytes; ${kind} ${id} has ${bytes}.`);
      return paced(pace, () => {
        const items = itemsOf(kind);
        if ((items.get(id)?.version ?? 0) !== ifVersion) return false;
        items.set(id, { id, text, version: ifVersion + 1 });
        return true;
      });
    },

    remove(kind: ItemKind, id: string, ifVersion: number) {
      return paced(pace, () => {
        if (itemsOf(kind).get(id)?.version === ifVersion) itemsOf(kind).delete(id);
      });
    },

    list<T>(kind: ItemKind, idPrefix = '') {
      return paced(pace, () =>
        [...itemsOf(kind).values()]
          .filter(({ id }) => id.startsWith(idPrefix))
          .toSorted((a, b) => utf8Order(a.id, b.id))
          .map((item) => ({ ...read<T>(item), id: item.id })),
      );
    },
  };
};
