// What a bundle has in place of the SDK's tables of endpoints; bundled with the clients, and run on Lambda.

/** What a client tells of a call, as far as an endpoint may depend on it. */
interface EndpointParameters {
  readonly Region?: string;
  /** Given by the environment, such as `AWS_ENDPOINT_URL`. */
  readonly Endpoint?: string;
  readonly Bucket?: string;
  readonly ForcePathStyle?: boolean;
  readonly UseFIPS?: boolean;
  readonly UseDualStack?: boolean;
  readonly EndpointId?: string;
  readonly Accelerate?: boolean;
  readonly UseGlobalEndpoint?: boolean;
}

interface Endpoint {
  readonly url: URL;
  readonly headers: Readonly<Record<string, never>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

type Resolver = (parameters: EndpointParameters) => Endpoint;

const refusal = (): Error =>
  new Error('The rules for this endpoint were left out of this bundle, because no function of mrk-failover uses it.');

const originOf = (host: string, parameters: EndpointParameters): URL => {
  const { Region, Endpoint, UseFIPS, UseDualStack, EndpointId, Accelerate, UseGlobalEndpoint } = parameters;
  if (UseFIPS || UseDualStack || EndpointId || Accelerate || UseGlobalEndpoint) throw refusal();
  return new URL(Endpoint ?? `https://${host}.${Region}.amazonaws.com`);
};

/** A service that has one host in each Region of the aws partition. */
export const ordinary =
  (host: string): Resolver =>
  (parameters) => ({ url: originOf(host, parameters), headers: {}, properties: {} });

/** A name that a certificate for all buckets of a Region covers. */
const HOST = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const IP = /^(?:\d{1,3}\.){3}\d{1,3}$|^\[/;
/** Access points and directory buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const NO_ORDINARY_BUCKET = /^arn:|--x-s3$|--xa-s3$|--op-s3$/;

/**
 * A bucket has a host of its own where a certificate can name it, and is a path elsewhere.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export const buckets: Resolver = (parameters) => {
  const { Bucket, Region, ForcePathStyle } = parameters;
  if (Bucket === undefined || NO_ORDINARY_BUCKET.test(Bucket)) throw refusal();
  const url = originOf('s3', parameters);
  if (ForcePathStyle || !HOST.test(Bucket) || IP.test(url.hostname))
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(Bucket)}`;
  else url.hostname = `${Bucket}.${url.hostname}`;
  const scheme = { disableDoubleEncoding: true, name: 'sigv4', signingName: 's3', signingRegion: Region };
  return { url, headers: {}, properties: { authSchemes: [scheme] } };
};
