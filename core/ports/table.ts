/** What the coordination table keeps, by kind; the kind is the partition key. */
export type ItemKind =
  | 'lease'
  | 'lane'
  | 'window'
  | 'intent'
  | 'run'
  | 'decision'
  | 'darkness'
  | 'breaker'
  | 'switch'
  | 'fleet'
  | 'outbox'
  | 'probe'
  | 'watch'
  | 'promotion'
  | 'inventory';

/** One item as it was read: the value, and the version that a write must name to replace it. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: number;
}

/**
 * The coordination table: small JSON documents, one item and one conditional write at a time, read strongly
 * consistent. No transactions and no expiry by the table itself: multi-Region strong consistency has neither.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/multi-region-strong-consistency-gt.html
 */
export interface Table {
  read<T>(kind: ItemKind, id: string): Promise<Versioned<T> | undefined>;
  /**
   * Writes `value` only if the stored version is still `ifVersion` (0: only if there is no such item).
   * @returns true when written, false when somebody else was first. Any other trouble throws.
   */
  write<T>(kind: ItemKind, id: string, value: T, ifVersion: number): Promise<boolean>;
  /** Every item of a kind, in the order of their ids; with a prefix, those whose ids begin with it. */
  list<T>(kind: ItemKind, idPrefix?: string): Promise<ReadonlyArray<Versioned<T> & { readonly id: string }>>;
  /**
   * Removes the item, unless it was changed since it was read under this version. For items that nobody writes any more: one that is
   * made anew under the same id begins with version 1 again.
   */
  remove(kind: ItemKind, id: string, ifVersion: number): Promise<void>;
}
