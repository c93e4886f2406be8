import { once } from 'node:events';
import { createServer } from 'node:net';

/** A URL of this machine at which nobody listens. */
export const closedUrl = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return `http://localhost:${typeof address === 'object' ? address?.port : ''}/`;
};
