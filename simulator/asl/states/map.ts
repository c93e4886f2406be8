import { contextOfItem } from '../context-object.ts';
import type { MapState } from '../definition/definition.ts';
import { runtimeFailure, StateFailure } from '../failure.ts';
import type { Visit } from '../frame.ts';
import type { JsonValue } from '../json.ts';
import { select } from '../path.ts';
import { withinLimit } from '../payload-limit.ts';
import { render } from '../payload-template.ts';
import { runDistributed } from './map-distributed.ts';
import { runInline } from './map-inline.ts';
import type { RunBlock } from './map-run.ts';

const itemsOf = (state: MapState, input: JsonValue): readonly JsonValue[] => {
  const items = select(state.itemsPath, input);
  if (Array.isArray(items)) return items;
  throw runtimeFailure(
    `State "${state.name}" expected an array at ${state.itemsPath.text}, got ${JSON.stringify(items ?? null).slice(0, 100)}.`,
  );
};

const concurrencyOf = ({ name, maxConcurrency }: MapState, input: JsonValue): number => {
  const asked = typeof maxConcurrency === 'number' ? maxConcurrency : select(maxConcurrency, input);
  if (typeof asked === 'number' && Number.isInteger(asked) && asked >= 0) return asked;
  throw runtimeFailure(`State "${name}" expected a whole number of items at once, got ${JSON.stringify(asked ?? null)}.`);
};

/**
 * Runs a Map once, over all its items. When it fails, what still runs in it enters no further state.
 * @returns the outputs in the order of the items; of a distributed Map, only those of the children that succeeded
 * @throws StateFailure what the first failing iteration failed with; `States.ExceedToleratedFailureThreshold` of a distributed Map
 */
export const attemptMap = async (
  state: MapState,
  input: JsonValue,
  visit: Visit,
  attempt: number,
  runBlock: RunBlock,
): Promise<JsonValue> => {
  const { execution, scope } = visit.frame;
  const { history, tally } = execution;
  const { itemSelector, mode } = state;
  const inputs = itemsOf(state, input).map((item, index) =>
    itemSelector === undefined ? item : render(itemSelector, { data: input, context: contextOfItem(visit.context, index, item) }),
  );
  const asked = concurrencyOf(state, input);
  history.record('MapStateStarted');
  if (mode.kind === 'distributed') history.record('MapRunStarted');
  try {
    const outputs = await scope.inner((inner) => {
      const run = { state, execution, scope: inner, key: `${visit.key}/${attempt}`, runBlock };
      return mode.kind === 'inline' ? runInline(run, inputs, asked) : runDistributed(run, mode, inputs, asked);
    });
    const result = withinLimit(outputs, `collected result of state "${state.name}"`, tally);
    if (mode.kind === 'distributed') history.record('MapRunSucceeded');
    history.record('MapStateSucceeded');
    return result;
  } catch (thrown) {
    if (thrown instanceof StateFailure) {
      if (mode.kind === 'distributed') history.record('MapRunFailed');
      history.record('MapStateFailed');
    }
    throw thrown;
  }
};
