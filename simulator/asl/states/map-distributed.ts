import type { MapState } from '../definition/definition.ts';
import { StateFailure } from '../failure.ts';
import { sequenceIn } from '../frame.ts';
import { History } from '../history.ts';
import type { JsonValue } from '../json.ts';
import { withinLimit } from '../payload-limit.ts';
import type { MapRun } from './map-run.ts';
import { inPool } from './pool.ts';

type DistributedMode = MapState['mode'] & { readonly kind: 'distributed' };

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
const CONCURRENCY_MAX = 10_000;

/** A child is an execution with a name, an input and a history of its own. */
const runChild = async (run: MapRun, label: string, index: number, input: JsonValue): Promise<JsonValue> => {
  const { engine, tally, arnPrefix } = run.execution;
  const key = `${run.key}/${index}`;
  tally.children += 1;
  await run.scope.wait(() => engine.clock.sleep(engine.latency.childStartMs(engine.random.stream(`${key}/start`))));
  const history = new History(tally);
  const name = engine.random.stream(`${key}/name`).hex(32);
  const startTime = new Date(engine.clock.now()).toISOString();
  const execution = { engine, tally, history, name, arnPrefix: `${arnPrefix}/${label}`, input, startTime };
  history.record('ExecutionStarted');
  withinLimit(input, `input of a child of state "${run.state.name}"`, tally);
  return run.runBlock(run.state.processor, input, sequenceIn(execution, run.scope, key));
};

/** Counts failed children, and fails the Map when there are more than it tolerates. */
const failureCounter = (tolerated: number) => {
  let failed = 0;
  return (failure: StateFailure): void => {
    failed += 1;
    if (failed <= tolerated) return;
    throw new StateFailure(
      'States.ExceedToleratedFailureThreshold',
      `${failed} children failed, at most ${tolerated} may. The last: ${failure.message}`,
    );
  };
};

/**
 * Each item is a child execution; what a child fails with stays in it.
 * @param asked how many children may run at once; 0 for as many as there may be at all
 * @returns the outputs of those that succeeded, in the order of the items
 */
export const runDistributed = async (
  run: MapRun,
  mode: DistributedMode,
  inputs: readonly JsonValue[],
  asked: number,
): Promise<readonly JsonValue[]> => {
  const outputs = new Map<number, JsonValue>();
  const count = failureCounter(mode.toleratedFailureCount);
  await inPool(inputs, Math.min(asked || CONCURRENCY_MAX, CONCURRENCY_MAX), async (input, index) => {
    try {
      outputs.set(index, await runChild(run, mode.label, index, input));
    } catch (thrown) {
      if (!(thrown instanceof StateFailure)) throw thrown;
      count(thrown);
    }
  });
  return [...outputs].sort(([a], [b]) => a - b).map(([, output]) => output);
};
