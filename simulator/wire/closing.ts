import type { ServerResponse } from 'node:http';
import type { Patience } from '../kms/wire/patience.ts';

/** How a call ends whose client has closed its connection. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** The patience of a client on the wire: nobody but itself knows how long it is, and it is over when the connection closes. */
export const untilClosed = (response: ServerResponse): Patience => ({
  ms: Number.POSITIVE_INFINITY,
  whenOver: (_waitedMs, giveUp) => {
    const over = () => giveUp(new ClientGone('The client closed the connection before there was an answer.'));
    if (response.closed) over();
    else response.once('close', over);
  },
});
