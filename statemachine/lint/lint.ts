import { parseDefinition } from '../../simulator/asl/definition/parse-definition.ts';
import { DefinitionRefused } from '../../simulator/asl/definition/refused.ts';
import { isJsonObject } from '../../simulator/asl/json.ts';
import type { Facts, Finding, StateRule } from './rule.ts';
import { backoffRate } from './rules/backoff-rate.ts';
import { catchAll } from './rules/catch-all.ts';
import { constantEnd } from './rules/constant-end.ts';
import { loopExit } from './rules/loop-exit.ts';
import { mapBounds } from './rules/map-bounds.ts';
import { noMapTimeout } from './rules/no-map-timeout.ts';
import { retryBounds } from './rules/retry-bounds.ts';
import { retryErrors } from './rules/retry-errors.ts';
import { statesAllLast } from './rules/states-all-last.ts';
import { taskTimeout } from './rules/task-timeout.ts';
import { placedStates } from './walk.ts';

const RULES: readonly StateRule[] = [
  taskTimeout,
  noMapTimeout,
  retryErrors,
  retryBounds,
  backoffRate,
  statesAllLast,
  catchAll,
  mapBounds,
  constantEnd,
  loopExit,
];

/** Nothing outside what every engine runs alike. The interpreter refuses at the first thing it finds, so there is one finding at most. */
const commonCore = (definition: unknown): readonly Finding[] => {
  try {
    parseDefinition(definition);
    return [];
  } catch (refused) {
    if (!(refused instanceof DefinitionRefused)) throw refused;
    return [{ state: refused.state, rule: 'common-core', message: refused.message }];
  }
};

/** An execution that nothing ends would hold its fleet for a year. */
const topTimeout = (definition: unknown): readonly Finding[] =>
  isJsonObject(definition) && typeof definition.TimeoutSeconds === 'number'
    ? []
    : [{ state: '', rule: 'top-timeout', message: 'The top level has no TimeoutSeconds: an execution could run for a year.' }];

/**
 * Looks for what validators let pass and what would hurt here: retries in two layers, loops without end, Maps that stop at
 * one child, results that grow with the fleet.
 * @param facts the timeouts of the functions, and the states that two of the rules leave alone
 */
export const lintDefinition = (definition: unknown, facts: Pick<Facts, 'functionTimeoutSeconds'> & Partial<Facts>): readonly Finding[] => {
  const all: Facts = { retryExceptions: [], catchExceptions: [], ...facts };
  const ofStates = placedStates(definition).flatMap((placed) =>
    RULES.flatMap(({ name, check }) =>
      check(placed, all).map((sentence) => ({ state: placed.name, rule: name, message: `State "${placed.name}" ${sentence}` })),
    ),
  );
  return [...commonCore(definition), ...topTimeout(definition), ...ofStates];
};
