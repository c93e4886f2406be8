/** Why a state failed, as Step Functions reports it: an error name that Retry and Catch look at, and a cause for people. */
export class StateFailure extends Error {
  readonly error: string;
  override readonly cause: string;

  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.name = 'StateFailure';
    this.error = error;
    this.cause = cause;
  }
}

/** What a task invoker throws when the function failed. Anything else it throws is taken for a bug in the simulator. */
export class TaskFailure extends StateFailure {
  constructor(error: string, cause: string) {
    super(error, cause);
    this.name = 'TaskFailure';
  }
}

/** Thrown to unwind what runs inside an execution that has ended; never seen outside the interpreter. */
export class Halted extends Error {
  constructor() {
    super('The execution or the Map around this state has ended.');
    this.name = 'Halted';
  }
}

/** The definition and the data do not fit together, for example a path that selects nothing. */
export const runtimeFailure = (cause: string): StateFailure => new StateFailure('States.Runtime', cause);

/**
 * Errors that no Catch and no Retry ever sees, not even as `States.ALL`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const TERMINAL_ERRORS: ReadonlySet<string> = new Set(['States.Runtime', 'States.DataLimitExceeded']);

/** Whether a Retry or Catch that names `errorEquals` takes a failure of this name. `States.TaskFailed` is every error but a timeout. */
export const takes = (errorEquals: readonly string[], error: string): boolean =>
  !TERMINAL_ERRORS.has(error) &&
  errorEquals.some((named) => named === error || named === 'States.ALL' || (named === 'States.TaskFailed' && error !== 'States.Timeout'));
