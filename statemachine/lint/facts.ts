import { FUNCTION_TIMEOUT_SECONDS } from '../../core/limits.ts';
import type { Facts } from './rule.ts';

const substitutionFor = (name: string): string => `\${${name.charAt(0).toUpperCase()}${name.slice(1)}FunctionArn}`;

/** What is known about the deployed definition besides its text. */
export const FACTS: Facts = {
  functionTimeoutSeconds: Object.fromEntries(
    Object.entries(FUNCTION_TIMEOUT_SECONDS).map(([name, seconds]) => [substitutionFor(name), seconds]),
  ),
  /** These are outside every batch's loop, so nobody would call them again. Each reads what it did before and goes on from there. */
  retryExceptions: ['Plan', 'OpenStage', 'Report'],
  /** There is nothing to report before Plan has succeeded and nowhere to go after Report: the execution fails, and trigger sees that. */
  catchExceptions: ['Plan', 'Report'],
};
