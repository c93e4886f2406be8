/** How often something happened, by name. */
export type Tally = Readonly<Record<string, number>>;

/** What has been asked of this KMS so far. */
export interface KmsCounts {
  readonly calls: Tally;
  /** Keyed by operation, then Region. */
  readonly callsByRegion: Readonly<Record<string, Tally>>;
  readonly throttled: Tally;
  /** How often each fault has struck. */
  readonly faults: Tally;
  readonly inFlightMax: number;
}

const add = (tally: Record<string, number>, name: string): void => {
  tally[name] = (tally[name] ?? 0) + 1;
};

/** Counts calls as the clients see them: in flight from sending until the answer or the timeout. */
export class Counters {
  readonly #calls: Record<string, number> = {};
  readonly #callsByRegion: Record<string, Record<string, number>> = {};
  readonly #throttled: Record<string, number> = {};
  #inFlight = 0;
  #inFlightMax = 0;

  began(operation: string, region: string): void {
    add(this.#calls, operation);
    this.#callsByRegion[operation] ??= {};
    add(this.#callsByRegion[operation], region);
    this.#inFlight += 1;
    this.#inFlightMax = Math.max(this.#inFlightMax, this.#inFlight);
  }

  ended(): void {
    this.#inFlight -= 1;
  }

  throttled(operation: string): void {
    add(this.#throttled, operation);
  }

  read(faults: Tally): KmsCounts {
    const { calls, callsByRegion, throttled } = structuredClone({
      calls: this.#calls,
      callsByRegion: this.#callsByRegion,
      throttled: this.#throttled,
    });
    return { calls, callsByRegion, throttled, faults, inFlightMax: this.#inFlightMax };
  }
}
