import { z } from 'zod';
import { OPERATOR_RIGHTS, type OperatorRequest, type OperatorRight, parseOperatorRequest } from '../../core/operator/requests.ts';
import type { Runtime } from '../frame/runtime.ts';
import { acknowledge } from './acknowledge.ts';
import { approve } from './approve.ts';
import type { Caller, Deed } from './deed.ts';
import { stop } from './stop.ts';
import { throwSwitch } from './throw-switch.ts';

/**
 * What a function URL hands over, as far as it is looked at here.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
const urlEventSchema = z.looseObject({
  rawPath: z.string(),
  requestContext: z.looseObject({
    requestId: z.string().min(1),
    http: z.looseObject({ method: z.string() }),
    authorizer: z.looseObject({ iam: z.looseObject({ userArn: z.string().min(1) }) }),
  }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

/** An answer as a function URL takes it. */
export interface UrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const BODY_CHARACTERS_MAX = 8_192;

/** Does what a person asks for on the path that is their right: /approve, /stop, /acknowledge or /switch. Every answer is a sentence. */
export const operator = async (raw: unknown, runtime: Runtime): Promise<UrlAnswer> => answered(await deedOf(raw, runtime));

const answered = ({ status, message, facts }: Deed): UrlAnswer => ({
  statusCode: status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message, ...facts }),
});

const deedOf = async (raw: unknown, runtime: Runtime): Promise<Deed> => {
  const event = urlEventSchema.safeParse(raw);
  if (!event.success) return { status: 403, message: 'Expected a call of the function URL that IAM has authenticated; nothing was done.' };
  const { rawPath, requestContext, body = '', isBase64Encoded = false } = event.data;
  const right = OPERATOR_RIGHTS.find((name) => rawPath === `/${name}`);
  if (right === undefined)
    return {
      status: 404,
      message: `Expected one of the paths ${OPERATOR_RIGHTS.map((name) => `/${name}`).join(', ')}; got ${rawPath.slice(0, 200)}.`,
    };
  if (requestContext.http.method !== 'POST')
    return { status: 400, message: `/${right}: expected the method POST; got ${requestContext.http.method}.` };
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  if (text.length > BODY_CHARACTERS_MAX)
    return { status: 400, message: `/${right}: expected a body of at most ${BODY_CHARACTERS_MAX} characters; got ${text.length}.` };
  const document = jsonOf(text);
  if (document === undefined)
    return { status: 400, message: `/${right}: expected a JSON object as body; got ${JSON.stringify(text.slice(0, 200))}.` };
  return done(right, document.value, runtime, { arn: requestContext.authorizer.iam.userArn, requestId: requestContext.requestId });
};

const jsonOf = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

const wrong = (problems: readonly string[]): Deed => ({ status: 400, message: problems.join(' ') });

const done = async (right: OperatorRight, document: unknown, runtime: Runtime, caller: Caller): Promise<Deed> => {
  const work = {
    approve: () => parsedThen('approve', document, (request) => approve(runtime, caller, request)),
    stop: () => parsedThen('stop', document, (request) => stop(runtime, caller, request)),
    acknowledge: () => parsedThen('acknowledge', document, (request) => acknowledge(runtime, caller, request)),
    switch: () => parsedThen('switch', document, (request) => throwSwitch(runtime, caller, request)),
  }[right];
  try {
    return await work();
  } catch (error) {
    runtime.log(`operator: /${right} fell`, { caller: caller.arn, error: String(error) });
    return {
      status: 500,
      message: `/${right} was not brought to its end: ${String(error)}. It may be asked again: each of these deeds is done once.`,
    };
  }
};

const parsedThen = async <R extends OperatorRight>(
  right: R,
  document: unknown,
  deed: (request: OperatorRequest<R>) => Promise<Deed>,
): Promise<Deed> => {
  const parsed = parseOperatorRequest(right, document);
  return 'problems' in parsed ? wrong(parsed.problems) : deed(parsed.request);
};
