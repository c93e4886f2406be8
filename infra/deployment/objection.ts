import type { FieldPath } from '../../core/fleet/field-path.ts';

/** Why a deployment that reads well is refused all the same. */
export interface Objection {
  /** From the deployment section on. */
  readonly path: FieldPath;
  /** What would be right, in words that follow "expected"; it says what lifts the objection. */
  readonly expected: string;
  /** What is there, in words that follow "got". */
  readonly got: string;
}
