import { isJsonObject, type JsonObject, type JsonValue } from '../../simulator/asl/json.ts';

/** A state as it is written, and where it stands. */
export interface Placed {
  readonly name: string;
  readonly state: JsonObject;
  /** The states beside it, itself included. */
  readonly block: JsonObject;
  /** The Maps around it, the nearest first. */
  readonly maps: readonly Placed[];
}

const objectAt = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** The states that a Map runs for each item; empty for other states. */
export const processorOf = (state: JsonObject): JsonObject => objectAt(objectAt(state.ItemProcessor).States);

/** Whether the state is a Map whose items are executions of their own. */
export const isDistributed = (state: JsonObject): boolean => objectAt(objectAt(state.ItemProcessor).ProcessorConfig).Mode === 'DISTRIBUTED';

const placedIn = (block: JsonObject, maps: readonly Placed[]): readonly Placed[] =>
  Object.entries(block).flatMap(([name, raw]) => {
    const placed = { name, state: objectAt(raw), block, maps };
    return [placed, ...placedIn(processorOf(placed.state), [placed, ...maps])];
  });

/** Every state of a definition, those inside Maps included. What is malformed is passed over: the rule common-core speaks of it. */
export const placedStates = (definition: unknown): readonly Placed[] =>
  isJsonObject(definition) ? placedIn(objectAt(definition.States), []) : [];

/** The objects in a list field such as Retry, Catch or Choices. */
export const objectsIn = (list: JsonValue | undefined): readonly JsonObject[] => (Array.isArray(list) ? list.filter(isJsonObject) : []);

/** The texts in a list field such as ErrorEquals. */
export const textsIn = (list: JsonValue | undefined): readonly string[] =>
  Array.isArray(list) ? list.filter((item): item is string => typeof item === 'string') : [];

/** Every state that can follow this one, the ones that a Catch leads to included. */
export const targetsOf = (state: JsonObject): readonly string[] => {
  const targets = [state.Next, state.Default, ...[...objectsIn(state.Choices), ...objectsIn(state.Catch)].map(({ Next }) => Next)];
  return targets.filter((target): target is string => typeof target === 'string');
};
