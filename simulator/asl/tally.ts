/**
 * What a run costs and how near it comes to the limits, its child executions included.
 *
 * `stateTransitions` is what AWS bills for Standard workflows: each state that is entered, in a child execution and in
 * every iteration of a Map as well, and once more for each retry of a Task or a Map. That the start of a distributed
 * child costs a transition of its own is not said on the page; none is counted. https://aws.amazon.com/step-functions/pricing/
 */
export interface Tally {
  stateTransitions: number;
  /** The longest history of any one execution of the run, in events. */
  historyEvents: number;
  /** Child executions started. */
  children: number;
  /** The largest input, output or result seen, in bytes of UTF-8. */
  payloadBytesMax: number;
}

export const emptyTally = (): Tally => ({ stateTransitions: 0, historyEvents: 0, children: 0, payloadBytesMax: 0 });
