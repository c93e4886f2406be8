/** One stored document as it was read: its text, and the tag that a write must name to replace it. */
export interface Tagged {
  readonly body: string;
  readonly tag: string;
}

/** How a write may find the path: empty, or still holding the document with this tag. Without either, it overwrites. */
export type WriteCondition = { readonly ifAbsent: true } | { readonly ifTag: string };

/** The working bucket: batches, progress, outcomes, inventory, evidence. Paths are relative, parts joined by `/`. */
export interface Store {
  get(path: string): Promise<Tagged | undefined>;
  /** @returns the new tag, or undefined when the condition did not hold (then nothing was written). */
  put(path: string, body: string, condition?: WriteCondition): Promise<string | undefined>;
  /** Every path that starts with `prefix`, in lexical order. */
  list(prefix: string): Promise<readonly string[]>;
}
