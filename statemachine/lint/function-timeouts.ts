/**
 * When each function times out, in seconds, by the substitution that stands for it in the definition. What is deployed
 * and what is simulated take their timeouts from here.
 */
export const FUNCTION_TIMEOUT_SECONDS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries({ Plan: 120, Stage: 60, Precheck: 60, Promote: 120, Poll: 60, Verify: 120, Report: 120 }).map(([name, seconds]) => [
    `\${${name}FunctionArn}`,
    seconds,
  ]),
);
