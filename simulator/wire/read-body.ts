import type { IncomingMessage } from 'node:http';

/** More than any request of KMS: a key policy, the largest parameter, has at most 128 KiB. */
export const BODY_BYTES_MAX = 1_048_576;

/** @returns undefined for a body longer than `BODY_BYTES_MAX`, whose rest is thrown away @throws when the client goes away meanwhile */
export const readBody = (request: IncomingMessage): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
      else {
        resolve(undefined);
        request.removeAllListeners('data');
        request.resume();
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
