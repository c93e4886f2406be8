import { Halted } from '../failure.ts';
import { sequenceIn } from '../frame.ts';
import type { JsonValue } from '../json.ts';
import type { MapRun } from './map-run.ts';
import { inPool } from './pool.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const CONCURRENCY_MAX = 40;

/** An iteration shares the execution's name and history, and its failure is the Map's. */
const runIteration = async ({ state, execution, scope, key, runBlock }: MapRun, index: number, input: JsonValue): Promise<JsonValue> => {
  execution.history.record('MapIterationStarted');
  try {
    const output = await runBlock(state.processor, input, sequenceIn(execution, scope, `${key}/${index}`));
    execution.history.record('MapIterationSucceeded');
    return output;
  } catch (thrown) {
    execution.history.record(thrown instanceof Halted ? 'MapIterationAborted' : 'MapIterationFailed');
    throw thrown;
  }
};

/** @param asked how many iterations may run at once; 0 for as many as there may be at all */
export const runInline = async (run: MapRun, inputs: readonly JsonValue[], asked: number): Promise<readonly JsonValue[]> => {
  const outputs: JsonValue[] = [];
  await inPool(inputs, Math.min(asked || CONCURRENCY_MAX, CONCURRENCY_MAX), async (input, index) => {
    outputs[index] = await runIteration(run, index, input);
  });
  return outputs;
};
