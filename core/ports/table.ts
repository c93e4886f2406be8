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
  /** Every item of a kind, in the order of their ids. */
  list<T>(kind: ItemKind): Promise<ReadonlyArray<Versioned<T> & { readonly id: string }>>;
}
