import assert from 'node:assert/strict';
import { resolved } from './resolve.ts';
import { resourcesOf, type StackTemplate } from './stacks.ts';

/** The properties of every resource of one type, with everything put in that CloudFormation would. */
export const properties = <T>(stack: StackTemplate, type: string): readonly T[] =>
  resourcesOf(stack, type).map(([, { Properties }]) => resolved(stack, Properties) as T);
/** The one item that there is. */
export const only = <T>(items: readonly T[]): T => {
  assert.equal(items.length, 1);
  return items[0] as T;
};
