/**
 * What probes from the control Region say about KMS in another one: `degraded` some fail or are slow against the baseline, and some
 * succeed; `unreachable` none succeeds; `healthy`; `unknown` our own error, a denial, a throttle, or no other Region is healthy from
 * the same place either.
 */
export type Verdict = 'degraded' | 'unreachable' | 'healthy' | 'unknown';

/** A verdict with the sentence that says what it rests on. */
export interface Judged {
  readonly verdict: Verdict;
  readonly why: string;
}
