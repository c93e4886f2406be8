import type { FieldPath } from './field-path.ts';
import type { Position } from './position.ts';

/** What a file says, whatever it was written in. */
export interface FileDocument {
  readonly value: unknown;
  /**
   * Where the value at `path` stands; `name` asks for the field's name instead. Where there is none, its nearest parent. Undefined
   * in a document of which no lines are known.
   */
  readonly positionOf: (path: FieldPath, part: 'value' | 'name') => Position | undefined;
}
