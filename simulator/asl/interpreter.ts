import { withRetries } from './attempts.ts';
import { contextOf } from './context-object.ts';
import type { Block, MapState, PassState, State, TaskState } from './definition/definition.ts';
import { StateFailure, takes } from './failure.ts';
import { type Frame, pause, type Visit } from './frame.ts';
import type { JsonValue } from './json.ts';
import { withinLimit } from './payload-limit.ts';
import { render } from './payload-template.ts';
import { applyResultPath } from './result-path.ts';
import { choose } from './states/choice.ts';
import { filter } from './states/filter.ts';
import { attemptMap } from './states/map.ts';
import { attemptTask } from './states/task.ts';
import { runWait } from './states/wait.ts';

/** What a state gave, and the state that follows; undefined at the end of the block. */
interface Step {
  readonly output: JsonValue;
  readonly next: string | undefined;
}

const runPass = (state: PassState, raw: JsonValue, visit: Visit): JsonValue => {
  const input = filter(state.inputPath, raw);
  const parameters = state.parameters === undefined ? input : render(state.parameters, { data: input, context: visit.context });
  return applyResultPath(state.resultPath, raw, state.result === undefined ? parameters : state.result);
};

const attempt = (state: TaskState | MapState, input: JsonValue, visit: Visit, number: number): Promise<JsonValue> =>
  state.type === 'Task' ? attemptTask(state, input, visit) : attemptMap(state, input, visit, number, runBlock);

/** Runs a Task or a Map with its retries, and goes where its Catch says when they are used up. */
const runFallible = async (state: TaskState | MapState, raw: JsonValue, visit: Visit): Promise<Step> => {
  try {
    const input = filter(state.inputPath, raw);
    const result = await withRetries(state.retry, visit, (number) => attempt(state, input, visit, number));
    const selected = state.resultSelector === undefined ? result : render(state.resultSelector, { data: result, context: visit.context });
    return { output: filter(state.outputPath, applyResultPath(state.resultPath, raw, selected)), next: state.next };
  } catch (thrown) {
    if (!(thrown instanceof StateFailure)) throw thrown;
    const catcher = state.catch.find(({ errorEquals }) => takes(errorEquals, thrown.error));
    if (catcher === undefined) throw thrown;
    return { output: applyResultPath(catcher.resultPath, raw, { Error: thrown.error, Cause: thrown.cause }), next: catcher.next };
  }
};

const runState = async (state: Exclude<State, { type: 'Fail' }>, raw: JsonValue, visit: Visit): Promise<Step> => {
  switch (state.type) {
    case 'Task':
    case 'Map':
      return runFallible(state, raw, visit);
    case 'Pass':
      return { output: filter(state.outputPath, runPass(state, raw, visit)), next: state.next };
    case 'Succeed':
      return { output: filter(state.outputPath, filter(state.inputPath, raw)), next: undefined };
    case 'Wait': {
      const input = filter(state.inputPath, raw);
      await runWait(state, { data: input, context: visit.context }, visit);
      return { output: filter(state.outputPath, input), next: state.next };
    }
    case 'Choice': {
      const input = filter(state.inputPath, raw);
      return { output: filter(state.outputPath, input), next: choose(state, { data: input, context: visit.context }) };
    }
  }
};

const enter = async (block: Block, name: string, frame: Frame): Promise<{ state: State; visit: Visit }> => {
  const { execution } = frame;
  await pause(frame, execution.engine.latency.transitionMs(frame.latencyRandom));
  const state = block.states.get(name);
  if (state === undefined) throw new Error(`State "${name}" does not exist, although the definition was checked.`);
  frame.steps += 1;
  execution.tally.stateTransitions += 1;
  execution.history.record(`${state.type}StateEntered`);
  return { state, visit: { frame, context: contextOf(execution, name), key: `${frame.key}/${frame.steps}:${name}` } };
};

/**
 * Runs a block of states from its entry to its end.
 * @returns the output of the state that ended it
 * @throws StateFailure when a state failed and nothing caught it, Halted when the scope around it ended
 */
export const runBlock = async (block: Block, input: JsonValue, frame: Frame): Promise<JsonValue> => {
  const { history, tally } = frame.execution;
  let data = input;
  for (let name: string | undefined = block.startAt; name !== undefined; ) {
    const { state, visit } = await enter(block, name, frame);
    if (state.type === 'Fail') throw new StateFailure(state.error, state.cause);
    const step: Step = await runState(state, data, visit);
    data = withinLimit(step.output, `output of state "${name}"`, tally);
    history.record(`${state.type}StateExited`);
    name = step.next;
  }
  return data;
};
