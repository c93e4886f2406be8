import type { FunctionName } from '../../../core/limits.ts';

/** Where the functions of the tours would run. */
export interface Stage {
  readonly account: string;
  readonly region: string;
  readonly stateKeyArn: string;
  /** The environment that the template gives to a function. */
  readonly environmentOf: (name: FunctionName) => Readonly<Record<string, string>>;
}
