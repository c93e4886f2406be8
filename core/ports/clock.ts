/** The only source of time in this project. Epoch milliseconds everywhere; nothing else may ask what time it is. */
export interface Clock {
  /** Epoch milliseconds, as this function's own machine believes them to be. */
  now(): number;
  /** Resolves when at least `ms` milliseconds have passed; at once when `ms` is zero or less. */
  sleep(ms: number): Promise<void>;
}
