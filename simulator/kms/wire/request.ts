import type { HttpRequest } from '@smithy/core/protocols';
import { KmsRefusal } from '../refusal.ts';

/** A request in awsJson1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export interface WireRequest {
  /** The operation's name, as in `x-amz-target: TrentService.DescribeKey`; empty when the header is missing or means another service. */
  readonly operationName: string;
  /** The parameters as JSON. */
  readonly body: string;
}

/** The body of an SDK's request, which is text or bytes, as text. */
export const bodyText = (body: unknown): string => {
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString() : '{}';
};

const header = (headers: Readonly<Record<string, string>>, name: string): string | undefined =>
  headers[name] ?? Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];

const SERVICE = 'TrentService.';

/** The operation that an `x-amz-target` header means. */
export const operationNamed = (target: string): string => (target.startsWith(SERVICE) ? target.slice(SERVICE.length) : '');

/** What an SDK's request asks of KMS; header names may be written in any case. */
export const readRequest = ({ headers, body }: HttpRequest): WireRequest => ({
  operationName: operationNamed(header(headers, 'x-amz-target') ?? ''),
  body: bodyText(body),
});

/** @throws KmsRefusal (SerializationException) for what is no JSON */
export const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new KmsRefusal('SerializationException', 'The body of the request is not JSON.');
  }
};
