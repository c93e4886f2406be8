import type { StateRule } from '../rule.ts';
import { objectsIn, textsIn } from '../walk.ts';

/** What the Lambda service itself may answer with. Everything else is the loop's to repeat, which reads the truth first. */
const LAMBDA_SERVICE_ERRORS: ReadonlySet<string> = new Set([
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
]);

/** Retries live in one layer: a Retry takes errors of the Lambda service only. */
export const retryErrors: StateRule = {
  name: 'retry-errors',
  check: ({ name, state }, { retryExceptions }) =>
    retryExceptions.includes(name)
      ? []
      : objectsIn(state.Retry)
          .flatMap(({ ErrorEquals }) => textsIn(ErrorEquals))
          .filter((error) => !LAMBDA_SERVICE_ERRORS.has(error))
          .map((error) => `retries ${error}; expected errors of the Lambda service only (${[...LAMBDA_SERVICE_ERRORS].join(', ')}).`),
};
