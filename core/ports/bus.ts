/** One lifecycle event, as it is put on the bus. */
export interface BusEvent {
  /** The event's kind in words, for example "Run Finished". */
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Where lifecycle events go. */
export interface Bus {
  /** Puts every event, resending those that the bus refused; throws when some could not be put at all. */
  put(events: readonly BusEvent[]): Promise<void>;
}
