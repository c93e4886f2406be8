/** What one function has done and cost so far. */
export interface FunctionCounts {
  invocations: number;
  coldStarts: number;
  /** Billed seconds times memory in GB (1,024 MB). Cold starts are billed as well. https://aws.amazon.com/lambda/pricing/ */
  gbSeconds: number;
  /** From the moment its code started until it answered or died. */
  longestMs: number;
  errors: number;
  timeouts: number;
  crashes: number;
}

export const noCounts = (): FunctionCounts => ({
  invocations: 0,
  coldStarts: 0,
  gbSeconds: 0,
  longestMs: 0,
  errors: 0,
  timeouts: 0,
  crashes: 0,
});
