import type { ExecutionFrame } from './frame.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** The context object, as far as the common core goes. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export const contextOf = (execution: ExecutionFrame, state: string): JsonObject => ({
  Execution: {
    Id: `${execution.arnPrefix}:${execution.name}`,
    Input: execution.input,
    Name: execution.name,
    StartTime: execution.startTime,
  },
  State: { EnteredTime: new Date(execution.engine.clock.now()).toISOString(), Name: state },
});

/** The context object that an ItemSelector sees. */
export const contextOfItem = (context: JsonObject, index: number, value: JsonValue): JsonObject => ({
  ...context,
  Map: { Item: { Index: index, Value: value } },
});
