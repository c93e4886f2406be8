import { ExecutionError, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { JsonObject, JsonValue } from '../../../simulator/asl/json.ts';
import type { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';

export interface Outcome {
  readonly output?: JsonValue;
  readonly error?: string;
}

export type Answer = (state: string, payload: JsonValue) => Promise<JsonValue>;

/** The names of all Tasks of a definition, those inside Maps included. */
const taskNames = (states: JsonObject): readonly string[] =>
  Object.entries(states as Record<string, JsonObject>).flatMap(([name, state]) => [
    ...(state.Type === 'Task' ? [name] : []),
    ...taskNames(((state.ItemProcessor as JsonObject | undefined)?.States as JsonObject) ?? {}),
  ]);

/** Lets everything that asks the platform for timers or for the time ask this clock, while `work` goes on. */
const onVirtualTime = async <T>(clock: VirtualClock, work: () => Promise<T>): Promise<T> => {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  const cleared = new Set<unknown>();
  const virtual = (fire: () => void, ms: number): symbol => {
    const handle = Symbol('timer');
    clock.after(ms, () => cleared.delete(handle) || fire());
    return handle;
  };
  Object.assign(globalThis, { setTimeout: virtual, clearTimeout: (handle: unknown) => cleared.add(handle) });
  Date.now = () => clock.now();
  try {
    return await clock.run(work());
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
  }
};

/** Runs a definition on aws-local-stepfunctions in virtual time; its functions get the payload and give the answer of `lambda:invoke`. */
export const runOnReference = (clock: VirtualClock, definition: JsonObject, input: JsonObject, answer: Answer): Promise<Outcome> =>
  onVirtualTime(clock, async () => {
    const handlers = taskNames(definition.States as JsonObject).map((state) => {
      const handler = async (parameters: { Payload: JsonValue }) => ({ Payload: await answer(state, parameters.Payload) });
      return [state, handler];
    });
    const machine = new StateMachine(definition as unknown as StateMachineDefinition, { validationOptions: { noValidate: true } });
    try {
      const run = machine.run(structuredClone(input) as never, {
        overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
        context: { Execution: { Name: 'run' } },
      });
      return { output: (await run.result) as JsonValue };
    } catch (thrown) {
      if (!(thrown instanceof ExecutionError) || !(thrown.cause instanceof Error)) throw thrown;
      return { error: thrown.cause.name };
    }
  });
