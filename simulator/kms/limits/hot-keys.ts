const MINUTE_MS = 60_000;

/**
 * Throttles a burst of changes on one key, however low the account's rate is:
 * https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html
 */
export class HotKeys {
  readonly #callsPerMinuteMax: number;
  readonly #recentMs = new WeakMap<object, number[]>();

  constructor(callsPerMinuteMax: number) {
    this.#callsPerMinuteMax = callsPerMinuteMax;
  }

  /** Notes a call on the key. @returns false when the key has had too many within the last minute; such a call is not noted. */
  admit(key: object, nowMs: number): boolean {
    const recentMs = (this.#recentMs.get(key) ?? []).filter((at) => nowMs - at < MINUTE_MS);
    const admitted = recentMs.length < this.#callsPerMinuteMax;
    if (admitted) recentMs.push(nowMs);
    this.#recentMs.set(key, recentMs);
    return admitted;
  }
}
