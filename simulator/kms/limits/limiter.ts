/** Decides whether a call is within one quota. Asking changes nothing; spending does. */
export interface Limiter {
  allows(units: number, nowMs: number): boolean;
  /** Spends units whether or not they were allowed: some limiters charge what they refuse. */
  spend(units: number, nowMs: number): void;
}
