import type { Clock } from '../../core/ports/clock.ts';
import type { Seeded } from '../random/seeded.ts';
import type { History } from './history.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type { Latency } from './latency.ts';
import type { Scope } from './scope.ts';
import type { Tally } from './tally.ts';

/**
 * How a Task calls its function. `functionName` is what stands in the Task's Parameters, a substitution such as
 * `${PlanFunctionArn}` included. It must not change the payload.
 * @throws TaskFailure when the function failed
 */
export type TaskInvoker = (
  functionName: string,
  payload: JsonValue,
  info: { readonly executionName: string; readonly state: string },
) => Promise<JsonValue>;

/** What all executions of one state machine share. */
export interface Engine {
  readonly clock: Clock;
  readonly random: Seeded;
  readonly latency: Latency;
  readonly invoke: TaskInvoker;
}

/** One execution, a top-level one or a distributed child: each has a name and a history of its own. */
export interface ExecutionFrame {
  readonly engine: Engine;
  readonly name: string;
  /** The execution's ARN without its name. */
  readonly arnPrefix: string;
  readonly input: JsonValue;
  readonly startTime: string;
  readonly history: History;
  readonly tally: Tally;
}

/** One sequence of states: the main line of an execution, or one iteration of an inline Map. */
export interface Frame {
  readonly execution: ExecutionFrame;
  readonly scope: Scope;
  /** Names the sequence among all: what is drawn in it comes from streams under this key. */
  readonly key: string;
  /** Counts the states entered, so that each visit of a state is drawn for on its own. */
  steps: number;
  readonly latencyRandom: Seeded;
}

export const sequenceIn = (execution: ExecutionFrame, scope: Scope, key: string): Frame => ({
  execution,
  scope,
  key,
  steps: 0,
  latencyRandom: execution.engine.random.stream(`${key}/latency`),
});

/** One visit of a state: everything that running it needs besides its input. */
export interface Visit {
  readonly frame: Frame;
  /** The context object, `$$`. */
  readonly context: JsonObject;
  /** The frame's key and this visit's number. */
  readonly key: string;
}

/** Waits in virtual time, unless the frame's scope ends first. */
export const pause = (frame: Frame, ms: number): Promise<void> => frame.scope.wait(() => frame.execution.engine.clock.sleep(ms));
