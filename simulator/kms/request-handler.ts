import type { HttpHandler, HttpRequest } from '@smithy/core/protocols';
import type { HttpHandlerOptions } from '@smithy/types';
import type { Endpoint } from './endpoint.ts';
import { readRequest } from './wire/request.ts';

/** What a KMSClient takes as `requestHandler`. */
export type KmsRequestHandler = HttpHandler;

/**
 * @param requestTimeoutMs how long a client waits for an answer, of virtual time; a call's own `requestTimeout` goes before it
 * @throws when the timeout is not a positive number: without one, a lost answer would be waited for for ever
 */
export const requestHandlerFor = (endpoint: Endpoint, requestTimeoutMs: number): KmsRequestHandler => {
  if (!(requestTimeoutMs > 0)) throw new RangeError(`Expected requestTimeoutMs to be greater than 0, got ${requestTimeoutMs}.`);
  return {
    metadata: { handlerProtocol: 'kms-simulator' },
    handle: async (request: HttpRequest, options?: HttpHandlerOptions) => ({
      response: await endpoint.send(readRequest(request), options?.requestTimeout ?? requestTimeoutMs),
    }),
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
  };
};
