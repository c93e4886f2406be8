import type { Clock } from '../../../core/ports/clock.ts';
import type { TaskState } from '../definition/definition.ts';
import { StateFailure } from '../failure.ts';
import type { Visit } from '../frame.ts';
import type { JsonValue } from '../json.ts';
import { withinLimit } from '../payload-limit.ts';
import { render } from '../payload-template.ts';

const timeout = async (clock: Clock, seconds: number): Promise<never> => {
  await clock.sleep(seconds * 1_000);
  throw new StateFailure('States.Timeout', `The task did not answer within ${seconds} seconds.`);
};

/** What `lambda:invoke` puts around a function's answer. https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
const wrapped = (payload: JsonValue): JsonValue => ({
  ExecutedVersion: '$LATEST',
  Payload: payload,
  SdkHttpMetadata: { AllHttpHeaders: {}, HttpHeaders: {}, HttpStatusCode: 200 },
  SdkResponseMetadata: {},
  StatusCode: 200,
});

/**
 * Calls the function once. When the Task's timeout passes first, the function goes on unheard.
 * @throws StateFailure with the function's error, `States.Timeout` or `States.DataLimitExceeded`
 */
export const attemptTask = async (state: TaskState, input: JsonValue, visit: Visit): Promise<JsonValue> => {
  const { execution, scope } = visit.frame;
  const { engine, history, tally } = execution;
  const parameters = { FunctionName: state.functionName, Payload: render(state.payload, { data: input, context: visit.context }) };
  withinLimit(parameters, `input of state "${state.name}"`, tally);
  history.record('TaskScheduled');
  history.record('TaskStarted');
  try {
    const payload = await scope.wait(() => {
      const answer = engine.invoke(state.functionName, parameters.Payload, { executionName: execution.name, state: state.name });
      return state.timeoutSeconds === undefined ? answer : Promise.race([answer, timeout(engine.clock, state.timeoutSeconds)]);
    });
    const result = withinLimit(wrapped(payload), `result of state "${state.name}"`, tally);
    history.record('TaskSucceeded');
    return result;
  } catch (thrown) {
    if (thrown instanceof StateFailure) history.record(thrown.error === 'States.Timeout' ? 'TaskTimedOut' : 'TaskFailed');
    throw thrown;
  }
};
