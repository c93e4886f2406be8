/** One lifecycle event, as it is put on the bus. */
export interface BusEvent {
  /** The event's kind in words, for example "Run Finished". */
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Some events never reached the bus; the others have. */
export class EventsLost extends Error {
  override readonly name = 'EventsLost';
  readonly lost: readonly BusEvent[];

  constructor(message: string, lost: readonly BusEvent[]) {
    super(message);
    this.lost = lost;
  }
}

/** Where lifecycle events go. */
export interface Bus {
  /** Puts every event, resending those that the bus refused; @throws EventsLost with those that could not be put at all */
  put(events: readonly BusEvent[]): Promise<void>;
}
