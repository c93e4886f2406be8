import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { OperatorRight } from '../../core/operator/requests.ts';
import { awsCredentials } from '../aws/credentials.ts';
import { NoAnswerError } from '../aws/no-answer.ts';
import { askedAs, RefusedByAwsError } from '../aws/refused.ts';
import { whyUnreached, wordsOf } from '../aws/unreached.ts';
import { WrongUseError } from '../wrong-use.ts';

/** What the operator's endpoint answered, in its own words. */
interface OperatorAnswer {
  readonly status: number;
  readonly message: string;
}

const CALL_MS_MAX = 35_000;
const EXCERPT_CHARACTERS_MAX = 200;
/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html: <url-id>.lambda-url.<region>.on.aws */
const FUNCTION_URL_HOST = /^[a-z0-9]+\.lambda-url\.([a-z0-9-]+)\.on\.aws$/;
const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

const DONE: Readonly<Record<OperatorRight, string>> = {
  approve: 'approved',
  stop: 'stopped',
  acknowledge: 'acknowledged',
  switch: 'switched',
};

/** The environment variable that holds a right's URL, as the stack prints them. */
export const urlVariable = (right: OperatorRight): string => `MRK_FAILOVER_${right.toUpperCase()}_URL`;

/**
 * Where a right is asked for.
 * @throws WrongUseError when there is no URL, or one that credentials must not be sent to
 */
export const endpointOf = (right: OperatorRight, given: string | undefined): { readonly url: URL; readonly region: string } => {
  if (given === undefined)
    throw new WrongUseError([`Where to? Expected --url, or ${urlVariable(right)} in the environment: the stack's output ${right} URL.`]);
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const region = FUNCTION_URL_HOST.exec(url?.hostname ?? '')?.[1];
  if (url !== undefined && url.protocol === 'https:' && region !== undefined) return { url: new URL(`/${right}`, url), region };
  if (url !== undefined && LOCAL_HOSTS.has(url.hostname)) return { url: new URL(`/${right}`, url), region: 'us-east-1' };
  throw new WrongUseError([
    `--url: expected the https URL of a Lambda function, such as https://abc.lambda-url.us-west-2.on.aws/; got "${given}".`,
  ]);
};

/**
 * Asks the operator's endpoint for one deed, signed as whoever the environment's credentials say.
 * @throws WrongUseError as `endpointOf`; RefusedByAwsError when IAM does not let the caller through; NoAnswerError when nothing that can be
 * read came back, whatever became of the deed
 */
export const callOperator = async (right: OperatorRight, given: string | undefined, request: object): Promise<OperatorAnswer> => {
  const { url, region } = endpointOf(right, given);
  const credentials = await awsCredentials(`nothing was sent, and nothing was ${DONE[right]}`);
  const signer = new SignatureV4({ service: 'lambda', region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const { host: _, ...headers } = signed.headers;
  const { status, text } = await asked(right, url, { method: 'POST', headers, body: signed.body });
  const { ours, ofAws } = messagesIn(text);
  if (ours !== undefined) return { status, message: ours };
  if (status === 403)
    throw new RefusedByAwsError([
      `You were not let through to /${right}, so nothing was ${DONE[right]}: AWS answered ${excerpt(ofAws ?? text)}.`,
      askedAs(credentials.accessKeyId, process.env.AWS_PROFILE),
      `The managed policy mrk-failover-${right}-${region} gives it: lambda:InvokeFunctionUrl and lambda:InvokeFunction on the alias ${right} ` +
        `of the function mrk-failover-operator. A URL of an installation that is gone is answered in the same way.`,
    ]);
  throw new NoAnswerError([
    `${url.host} answered with status ${status}, and not in the words of mrk-failover: ${excerpt(text)}.`,
    ...nothingKnown(right),
  ]);
};

const asked = async (right: OperatorRight, url: URL, init: RequestInit): Promise<{ readonly status: number; readonly text: string }> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(CALL_MS_MAX) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new NoAnswerError([`${url.host} was not reached: ${whyUnreached(error) ?? wordsOf(causeOf(error))}.`, ...nothingKnown(right)]);
  }
};

const excerpt = (text: string): string => (text === '' ? 'nothing' : `"${text.slice(0, EXCERPT_CHARACTERS_MAX)}"`);

/** `fetch failed` says nothing; what is behind it does. */
const causeOf = (error: unknown): unknown => (error instanceof Error && error.cause !== undefined ? error.cause : error);

const nothingKnown = (right: OperatorRight): readonly string[] => [
  `Nothing is known to have been ${DONE[right]}. Ask again: it is done once, however often it is asked for.`,
  'An installation with two control Regions has a URL for this in each of them.',
];

/** Our own answers have a `message`; those of IAM and Lambda a `Message`. */
const messagesIn = (text: string): { readonly ours?: string; readonly ofAws?: string } => {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return {};
    return {
      ...('message' in answer && typeof answer.message === 'string' ? { ours: answer.message } : {}),
      ...('Message' in answer && typeof answer.Message === 'string' ? { ofAws: answer.Message } : {}),
    };
  } catch {
    return {};
  }
};
