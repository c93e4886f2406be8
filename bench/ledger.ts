import type { Store } from '../core/ports/store.ts';
import type { Table } from '../core/ports/table.ts';

/** What was asked of the coordination table and of the bucket. */
export interface Ledger {
  tableReads: number;
  tableWrites: number;
  storeGets: number;
  /** Puts and lists, which cost the same. */
  storePuts: number;
}

export const emptyLedger = (): Ledger => ({ tableReads: 0, tableWrites: 0, storeGets: 0, storePuts: 0 });

/** The table, with every request entered; a write that found another version is billed as well. */
export const countedTable = (table: Table, ledger: Ledger): Table => ({
  read: (kind, id) => {
    ledger.tableReads += 1;
    return table.read(kind, id);
  },
  list: (kind, idPrefix) => {
    ledger.tableReads += 1;
    return table.list(kind, idPrefix);
  },
  remove: (kind, id, ifVersion) => {
    ledger.tableWrites += 1;
    return table.remove(kind, id, ifVersion);
  },
  write: (kind, id, value, ifVersion) => {
    ledger.tableWrites += 1;
    return table.write(kind, id, value, ifVersion);
  },
});

/** The bucket, with every request entered. */
export const countedStore = (store: Store, ledger: Ledger): Store => ({
  get: (path) => {
    ledger.storeGets += 1;
    return store.get(path);
  },
  tagOf: (path) => {
    ledger.storeGets += 1;
    return store.tagOf(path);
  },
  list: (prefix) => {
    ledger.storePuts += 1;
    return store.list(prefix);
  },
  put: (path, body, condition) => {
    ledger.storePuts += 1;
    return store.put(path, body, condition);
  },
});
