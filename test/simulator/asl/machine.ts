import type { ExecutionView } from '../../../simulator/asl/execution.ts';
import { TaskFailure } from '../../../simulator/asl/failure.ts';
import type { TaskInvoker } from '../../../simulator/asl/frame.ts';
import type { JsonObject, JsonValue } from '../../../simulator/asl/json.ts';
import { StepFunctions } from '../../../simulator/asl/step-functions.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';

export const STARTS_AT = Date.parse('2026-10-20T07:00:00Z');

/** A Task that sends its whole input to the function named and takes what it answers. */
export const task = (functionName: string, more: JsonObject = {}): JsonObject => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionName, 'Payload.$': '$' },
  ...more,
});

export const machine = (startAt: string, states: JsonObject, more: JsonObject = {}): JsonObject => ({
  StartAt: startAt,
  States: states,
  ...more,
});

/** What a Map runs: inline, or as distributed children. */
export const inline = (startAt: string, states: JsonObject): JsonObject => ({
  ProcessorConfig: { Mode: 'INLINE' },
  StartAt: startAt,
  States: states,
});
export const distributed = (startAt: string, states: JsonObject): JsonObject => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: startAt,
  States: states,
});

export interface World {
  readonly clock: VirtualClock;
  readonly engine: StepFunctions;
}

export const world = (
  definition: JsonObject,
  invoke: TaskInvoker = async (_, payload) => payload,
  latency: 'unkind' | 'none' = 'none',
  seed = 1,
): World => {
  const clock = new VirtualClock(STARTS_AT);
  return { clock, engine: new StepFunctions({ definition, clock, random: new Seeded(seed), invoke, latency }) };
};

/** The execution of this name, which must have been started. */
export const started = ({ engine }: World, name = 'run'): ExecutionView => {
  const execution = engine.execution(name);
  if (execution === undefined) throw new Error(`There is no execution ${name}.`);
  return execution;
};

/** Starts one execution and lets time pass until it has ended. */
export const runToEnd = async (inWorld: World, input: JsonObject = {}): Promise<ExecutionView & { readonly tookMs: number }> => {
  await inWorld.engine.start('run', input);
  const execution = started(inWorld);
  await inWorld.clock.run(execution.done);
  const { status, output, error, cause, done, stateTransitions, historyEvents, children, payloadBytesMax } = execution;
  return {
    status,
    output,
    error,
    cause,
    done,
    stateTransitions,
    historyEvents,
    children,
    payloadBytesMax,
    tookMs: inWorld.clock.now() - STARTS_AT,
  };
};

export const run = (definition: JsonObject, input: JsonObject = {}, invoke?: TaskInvoker): ReturnType<typeof runToEnd> =>
  runToEnd(world(definition, invoke), input);

/** A function that fails so many times with this error and then answers. */
export const failing = (times: number, error: string, answer: JsonValue = 'done'): TaskInvoker => {
  let left = times;
  return async () => {
    if (left-- > 0) throw new TaskFailure(error, 'because');
    return answer;
  };
};
