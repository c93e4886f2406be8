/** The error of the SDK's own Node handler when `throwOnRequestTimeout` is set and no answer came in time. */
export const timeoutError = (requestTimeoutMs: number): Error =>
  Object.assign(new Error(`No answer within the configured requestTimeout of ${requestTimeoutMs} ms.`), {
    name: 'TimeoutError',
    code: 'ETIMEDOUT',
  });
