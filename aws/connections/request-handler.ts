import { NodeHttpHandler } from '@smithy/node-http-handler';

const CONNECTION_MS_MAX = 3_000;

/** Without throwOnRequestTimeout the handler only warns when the time is up, and lets a late reply through. */
export const handlerWithin = (requestTimeout: number): NodeHttpHandler =>
  new NodeHttpHandler({ requestTimeout, connectionTimeout: CONNECTION_MS_MAX, throwOnRequestTimeout: true });
