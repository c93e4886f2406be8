import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Endpoint } from '../kms/endpoint.ts';
import { ConnectionError } from '../kms/wire/connection-error.ts';
import { operationNamed } from '../kms/wire/request.ts';
import { refusal, send } from './answer.ts';
import { ClientGone, untilClosed } from './closing.ts';

/** KMS forbids every kind of keeping. */
const UNKEPT = { 'cache-control': 'no-cache, no-store, must-revalidate, private', expires: '0', pragma: 'no-cache' } as const;

/**
 * Takes one request to KMS and its answer back. Where KMS stays silent the connection is held open until the client has
 * enough; where it cannot be reached the connection is broken off, which is all that one port for all Regions can do.
 */
export const answerKms = async (endpoint: Endpoint, request: IncomingMessage, body: string, response: ServerResponse): Promise<void> => {
  const operationName = operationNamed(String(request.headers['x-amz-target'] ?? ''));
  try {
    const answer = await endpoint.answer({ operationName, body }, untilClosed(response));
    send(response, { status: answer.statusCode, headers: { ...answer.headers, ...UNKEPT }, body: answer.body });
  } catch (error) {
    if (error instanceof ClientGone) return;
    if (error instanceof ConnectionError) {
      if (error.trouble === 'reset') request.socket.resetAndDestroy();
      else request.socket.destroy();
      return;
    }
    const what = error instanceof Error ? error.message : String(error);
    send(response, refusal('KMSInternalException', `This is a bug of the simulator, not of your request: ${what}`, 500));
  }
};
