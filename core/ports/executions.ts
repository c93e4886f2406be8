export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** The state machine, seen from outside: how runs are started and looked at. */
export interface Executions {
  /**
   * Starts a run under a name of its own. A name that was used before starts nothing.
   * @returns `started`, or `exists` when an execution of that name is running or has ended.
   */
  start(name: string, input: Readonly<Record<string, unknown>>): Promise<'started' | 'exists'>;
  /** @returns the status, or undefined when no execution of that name is known. */
  status(name: string): Promise<ExecutionStatus | undefined>;
}
