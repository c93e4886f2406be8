import { runtimeFailure } from './failure.ts';
import type { Tally } from './tally.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (quotas related to state machine executions) */
const HISTORY_EVENTS_MAX = 25_000;

/** The kinds of events: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
type HistoryEvent =
  | 'ExecutionStarted'
  | `${'Task' | 'Map' | 'Pass' | 'Wait' | 'Choice' | 'Succeed'}State${'Entered' | 'Exited'}`
  | 'FailStateEntered'
  | `Task${'Scheduled' | 'Started' | 'Succeeded' | 'Failed' | 'TimedOut'}`
  | `MapState${'Started' | 'Succeeded' | 'Failed'}`
  | `MapIteration${'Started' | 'Succeeded' | 'Failed' | 'Aborted'}`
  | `MapRun${'Started' | 'Succeeded' | 'Failed'}`;

/**
 * Counts the events in the history of one execution, as many as Step Functions writes and never fewer: what loops
 * for too long here would have died there.
 */
export class History {
  /** The event that will end the execution has its place from the start. */
  #events = 1;
  readonly #tally: Tally;

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** @throws StateFailure `States.Runtime` when the event does not fit any more. */
  record(_event: HistoryEvent): void {
    if (this.#events === HISTORY_EVENTS_MAX) {
      throw runtimeFailure(`The execution reached the maximum number of history events (${HISTORY_EVENTS_MAX}).`);
    }
    this.#events += 1;
    this.#tally.historyEvents = Math.max(this.#tally.historyEvents, this.#events);
  }
}
