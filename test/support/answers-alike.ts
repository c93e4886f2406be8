import { once } from 'node:events';
import { createServer } from 'node:http';

/** Lets `ask` ask a server of this machine that gives everybody the same answer. */
export const answeringAlike = async <T>(
  answer: { readonly status: number; readonly body: string },
  ask: (url: string) => Promise<T>,
): Promise<T> => {
  const server = createServer((_, response) =>
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(answer.body),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  try {
    return await ask(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
  } finally {
    server.close();
  }
};
