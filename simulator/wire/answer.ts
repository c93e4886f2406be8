import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** An answer that is complete. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Sends an answer and ends the response. */
export const send = (response: ServerResponse, { status, headers, body }: Answer): void => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

/** An error in the protocol of KMS, given before KMS is reached. The common errors of AWS have the status 400 in this protocol. */
export const refusal = (name: string, message: string, status = 400): Answer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify({ __type: name, message }),
});

/** An answer of the control path. */
export const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body, null, 2)}\n`,
});
