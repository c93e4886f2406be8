import type { Block, MapState } from '../definition/definition.ts';
import type { ExecutionFrame, Frame } from '../frame.ts';
import type { JsonValue } from '../json.ts';
import type { Scope } from '../scope.ts';

/** How a Map runs the states inside it; given by the caller, because those may hold Maps again. */
export type RunBlock = (block: Block, input: JsonValue, frame: Frame) => Promise<JsonValue>;

/** One attempt of a Map. */
export interface MapRun {
  readonly state: MapState;
  /** The execution that the Map is in. */
  readonly execution: ExecutionFrame;
  /** Ends with the attempt. */
  readonly scope: Scope;
  /** Names the attempt among all. */
  readonly key: string;
  readonly runBlock: RunBlock;
}
