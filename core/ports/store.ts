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
  /** The tag of a document, however large that is; undefined where there is none. */
  tagOf(path: string): Promise<string | undefined>;
  /**
   * @param body a text, or its UTF-8 where that is too large to be held twice
   * @returns the new tag, or undefined when the condition did not hold (then nothing was written).
   */
  put(path: string, body: string | Uint8Array, condition?: WriteCondition): Promise<string | undefined>;
  /** Every path that starts with `prefix`, in lexical order. */
  list(prefix: string): Promise<readonly string[]>;
}
