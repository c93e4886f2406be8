import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Clock } from '../../core/ports/clock.ts';
import { refusal, send } from './answer.ts';
import { answerKms } from './kms.ts';
import { readBody } from './read-body.ts';
import { receive } from './reception.ts';
import type { WireWorld } from './wire-world.ts';

export const HOST = '127.0.0.1';
const CONNECTIONS_MAX = 4_096;
/** Longer than the pools of the SDKs keep an idle connection, so that it is never us who close one that is about to be used. */
const KEEP_ALIVE_MS = 75_000;
/** How long calls that are being answered may go on when the server is closed; hanging ones never would. */
const GRACE_MS = 500;

/** A server that listens. */
export interface WireServer {
  readonly port: number;
  /** Stops listening, lets calls end that are being answered, and breaks off the others. */
  close(): Promise<void>;
}

const answer = async (world: WireWorld, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await readBody(request);
  const reception = receive(world, request, body);
  if (reception.kind === 'answer') send(response, reception.answer);
  else await answerKms(world.endpoint(reception.place), request, body?.toString() ?? '', response);
};

/** Sends what an answer throws, which can only be a bug of ours, to whoever runs the server, and a 500 to the client. */
const answerSafely = async (world: WireWorld, request: IncomingMessage, response: ServerResponse, onBug: (error: unknown) => void) => {
  try {
    await answer(world, request, response);
  } catch (error) {
    // The client went away while it was still sending.
    if (request.socket.destroyed) return;
    onBug(error);
    if (!response.headersSent) send(response, refusal('KMSInternalException', 'This is a bug of the simulator, not of your request.', 500));
  }
};

/** What a server serves, on which port, and who hears of our own bugs. */
interface ServerOptions {
  readonly world: WireWorld;
  readonly clock: Clock;
  /** 0 takes any free port. */
  readonly port: number;
  readonly onBug: (error: unknown) => void;
}

/** Serves a world on the loopback interface. @throws Node's error when it cannot listen, EADDRINUSE where the port is taken */
export const startServer = async ({ world, clock, port, onBug }: ServerOptions): Promise<WireServer> => {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void answerSafely(world, request, response, onBug);
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.race([closed, clock.sleep(GRACE_MS)]);
      server.closeAllConnections();
      await closed;
    },
  };
};
