import { HttpResponse } from '@smithy/core/protocols';
import type { Answer } from '../operations/operation.ts';
import type { KmsRefusal } from '../refusal.ts';

const EMPTY = Buffer.alloc(0);

const reply = (statusCode: number, requestId: string, body: Buffer): HttpResponse =>
  new HttpResponse({ statusCode, headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId }, body });

/** Status 200 with the answer as JSON, or with nothing at all. */
export const success = (answer: Answer, requestId: string): HttpResponse =>
  reply(200, requestId, answer === undefined ? EMPTY : Buffer.from(JSON.stringify(answer)));

/** The error's status with its name in `__type`, and its message unless it has none. */
export const failure = ({ name, message, status }: KmsRefusal, requestId: string): HttpResponse =>
  reply(status, requestId, Buffer.from(JSON.stringify(message === '' ? { __type: name } : { __type: name, message })));
