import { Readable } from 'node:stream';

/** A request of the SDK, after it was built and signed. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the SDK hands to a request handler, as far as our own handlers look. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: WireRequest['query'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const textOf = (body: unknown): string => {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof Uint8Array) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  throw new TypeError('Expected a request whose body is text or bytes; got a stream.');
};

/** A request handler for any SDK client that answers in this process: no socket, but the SDK's real reading and writing. */
export const answering = (answer: (request: WireRequest) => WireAnswer | Promise<WireAnswer>) => ({
  async handle({ method, path, query = {}, headers, body }: SdkRequest) {
    const { status, headers: replied = {}, body: text = '' } = await answer({ method, path, query, headers, body: textOf(body) });
    return { response: { statusCode: status, headers: { ...replied }, body: Readable.from([Buffer.from(text)]) } };
  },
});

/** The answer of a service that speaks JSON. */
export const jsonAnswer = (status: number, body: unknown): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify(body),
});

/** What every client in the tests is built with: no credentials are looked for, and nothing is sent twice. */
export const clientBasics = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-secret' },
  maxAttempts: 1,
} as const;
