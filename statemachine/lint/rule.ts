import type { Placed } from './walk.ts';

/** Something in the definition that would hurt. `state` is empty for the top level. */
export interface Finding {
  readonly state: string;
  readonly rule: string;
  readonly message: string;
}

/** What the rules must be told, because it is not in the definition. */
export interface Facts {
  /** The timeout of each function, in seconds, by what stands in `Parameters.FunctionName`. */
  readonly functionTimeoutSeconds: Readonly<Record<string, number>>;
  /** States that may retry errors of their own function. */
  readonly retryExceptions: readonly string[];
  /** Tasks whose failure may end the execution. */
  readonly catchExceptions: readonly string[];
}

/** One rule: it looks at one state and answers with a sentence for each thing that is wrong. */
export interface StateRule {
  readonly name: string;
  readonly check: (placed: Placed, facts: Facts) => readonly string[];
}
