import { Sha256 } from '@aws-crypto/sha256-js';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { SignatureV4 } from '@smithy/signature-v4';
import type { OperatorRight } from '../../core/operator/requests.ts';
import { WrongUseError } from '../wrong-use.ts';

/** What the operator's endpoint answered. */
interface OperatorAnswer {
  readonly status: number;
  readonly message: string;
}

const CALL_MS_MAX = 35_000;
/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html: <url-id>.lambda-url.<region>.on.aws */
const FUNCTION_URL_HOST = /^[a-z0-9]+\.lambda-url\.([a-z0-9-]+)\.on\.aws$/;
const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

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

/** Asks the operator's endpoint for one deed, signed as whoever the environment's credentials say. */
export const callOperator = async (right: OperatorRight, given: string | undefined, request: object): Promise<OperatorAnswer> => {
  const { url, region } = endpointOf(right, given);
  const signer = new SignatureV4({ service: 'lambda', region, credentials: fromNodeProviderChain(), sha256: Sha256 });
  const signed = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: { host: url.host, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const { host: _, ...headers } = signed.headers;
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: signed.body,
    redirect: 'error',
    signal: AbortSignal.timeout(CALL_MS_MAX),
  });
  const text = await response.text();
  return {
    status: response.status,
    message: messageIn(text) ?? `The endpoint answered with status ${response.status}: ${text.slice(0, 500)}`,
  };
};

/** Our own answers have a `message`; those of IAM and Lambda a `Message`. */
const messageIn = (text: string): string | undefined => {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return undefined;
    const found = 'message' in answer ? answer.message : 'Message' in answer ? answer.Message : undefined;
    return typeof found === 'string' ? found : undefined;
  } catch {
    return undefined;
  }
};
