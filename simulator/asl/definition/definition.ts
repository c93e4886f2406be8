import type { JsonValue } from '../json.ts';
import type { Path } from '../path.ts';
import type { Template } from '../payload-template.ts';
import type { ResultPath } from '../result-path.ts';

/** The definition as the interpreter runs it: checked, every path and template compiled. */
export interface Definition {
  readonly block: Block;
  readonly timeoutSeconds: number | undefined;
}

/** A set of states with an entry: the whole machine, or what a Map runs for each item. */
export interface Block {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** Where a path is null, the state gets or gives an empty object. */
export type FilterPath = Path | null;

interface StateBase {
  readonly name: string;
  readonly inputPath: FilterPath;
  readonly outputPath: FilterPath;
}

/** `next` is undefined in a state that ends its block. */
interface Step extends StateBase {
  readonly next: string | undefined;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly jitter: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly resultPath: ResultPath;
  readonly next: string;
}

/** What states that can fail have in common. */
interface Fallible extends Step {
  readonly resultSelector: Template | undefined;
  readonly resultPath: ResultPath;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface TaskState extends Fallible {
  readonly type: 'Task';
  readonly functionName: string;
  readonly payload: Template;
  readonly timeoutSeconds: number | undefined;
}

export interface MapState extends Fallible {
  readonly type: 'Map';
  readonly itemsPath: Path;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: number | Path;
  readonly processor: Block;
  readonly mode:
    | { readonly kind: 'inline' }
    | { readonly kind: 'distributed'; readonly toleratedFailureCount: number; readonly label: string };
}

export interface PassState extends Step {
  readonly type: 'Pass';
  readonly parameters: Template | undefined;
  readonly result: JsonValue | undefined;
  readonly resultPath: ResultPath;
}

export type WaitUntil =
  | { readonly kind: 'seconds'; readonly seconds: number }
  | { readonly kind: 'secondsPath'; readonly path: Path }
  | { readonly kind: 'timestamp'; readonly at: number }
  | { readonly kind: 'timestampPath'; readonly path: Path };

export interface WaitState extends Step {
  readonly type: 'Wait';
  readonly until: WaitUntil;
}

export type Ordering = 'Equals' | 'LessThan' | 'GreaterThan' | 'LessThanEquals' | 'GreaterThanEquals';
export type Comparable = 'String' | 'Numeric' | 'Boolean' | 'Timestamp';

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'isPresent' | 'isNull'; readonly variable: Path }
  | {
      readonly kind: 'compare';
      readonly variable: Path;
      readonly type: Comparable;
      readonly ordering: Ordering;
      readonly operand: string | number | boolean | Path;
    };

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly choices: ReadonlyArray<{ readonly condition: Condition; readonly next: string }>;
  readonly otherwise: string | undefined;
}

interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

interface FailState {
  readonly type: 'Fail';
  readonly name: string;
  readonly error: string;
  readonly cause: string;
}

export type State = TaskState | MapState | PassState | WaitState | ChoiceState | SucceedState | FailState;
