import { basename } from 'node:path';
import { refusal, refusing } from './refusal.ts';
import { withFewMethods } from './zod-methods.ts';

/** A module that is loaded with others and never run on Lambda, and what takes its place, which may be made of its text. */
export interface Replacement {
  readonly filter: RegExp;
  readonly contents: (path: string, text: string) => string;
}

const refused = (path: string, text: string): string => refusing(basename(path), text);

const HASHES: readonly Replacement[] = [
  // For places without node:crypto and without node:zlib's crc32. CRC-64 and CRC-32C stay: Node has none, and S3 answers with them.
  { filter: /[/\\](?:Sha256Js|Sha1Js|Md5Js|Crc32Js)\.js$/, contents: refused },
];

const STREAMS: readonly Replacement[] = [
  // Nobody subscribes to a stream of events, as some operations of S3 offer it.
  {
    filter: /[/\\]event-streams[/\\]index\.js$/,
    contents: () =>
      [
        refusal('event-streams'),
        "export { resolveEventStreamSerdeConfig } from './eventstream-serde-config-resolver/EventStreamSerdeConfig';",
        'export const eventStreamSerdeProvider = () => refuse;',
        'export class EventStreamSerde { constructor() { refuse(); } }',
      ].join('\n'),
  },
  // Signs the events of such a stream, header by header. A signer is made with one.
  {
    filter: /[/\\]signature-v4[/\\].*[/\\]HeaderFormatter\.js$/,
    contents: () => [refusal('HeaderFormatter'), 'export class HeaderFormatter { format() { refuse(); } }'].join('\n'),
  },
  // Browsers' streams; and bodies that are sent as a stream, while all of ours are bytes.
  {
    filter:
      /[/\\]util-stream[/\\].*(?:sdk-stream-mixin\.browser|createBufferedReadable|getAwsChunkedEncodingStream|createChecksumStream\.browser)\.js$/,
    contents: refused,
  },
];

const PLACES: readonly Replacement[] = [
  // A table of all partitions. Clients also read in this module whether a prefix for their name was set, which it never is.
  {
    filter: /[/\\]lib[/\\]aws[/\\]partition\.js$/,
    contents: (path, text) => refusing(basename(path), text, { getUserAgentPrefix: "() => ''" }),
  },
  // The endpoints that a table told are kept here; this one keeps none, so that each call would ask again.
  {
    filter: /@aws-sdk[/\\]endpoint-cache[/\\].+[/\\]EndpointCache\.js$/,
    contents: () => 'export class EndpointCache { getEndpoint() {} get() {} set() {} delete() {} has() { return false; } clear() {} }',
  },
  // The command line's files, which Lambda has none of: what they would set comes from the environment.
  {
    filter: /[/\\]shared-ini-file-loader[/\\]loadSharedConfigFiles\.js$/,
    contents: () =>
      [
        "export { CONFIG_PREFIX_SEPARATOR } from './constants';",
        'export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });',
      ].join('\n'),
  },
  // Asked by a client whose defaults depend on the machine that it runs on, which is none of ours.
  { filter: /[/\\]getInstanceMetadataRegion\.js$/, contents: refused },
];

const CALLS: readonly Replacement[] = [
  // Only bodies in XML are written by it, and none of our calls to S3 has one.
  {
    filter: /[/\\]protocols[/\\]xml[/\\]XmlShapeSerializer\.js$/,
    contents: (path) =>
      `${refusal(basename(path))}\nexport class XmlShapeSerializer { setSerdeContext() {} write() { refuse(); } flush() { refuse(); } }`,
  },
  // The retry mode "adaptive", which nothing here sets.
  { filter: /[/\\]util-retry[/\\](?:AdaptiveRetryStrategy|DefaultRateLimiter)\.js$/, contents: refused },
  // Sessions of directory buckets.
  { filter: /[/\\]CreateSessionCommand\.js$/, contents: refused },
  {
    filter: /[/\\]S3ExpressIdentityProviderImpl\.js$/,
    contents: (path) => `${refusal(basename(path))}\nexport class S3ExpressIdentityProviderImpl { getS3ExpressIdentity() { refuse(); } }`,
  },
  // Signatures for several Regions at once, which only access points over Regions ask for.
  {
    filter: /[/\\]SignatureV4MultiRegion\.js$/,
    contents: () =>
      [
        "import { SignatureV4SignWithCredentials } from './SignatureV4SignWithCredentials';",
        'export class SignatureV4MultiRegion extends SignatureV4SignWithCredentials {',
        "  static sigv4aDependency() { return 'none'; }",
        '}',
      ].join('\n'),
  },
  {
    filter: /[/\\]AwsSdkSigV4ASigner\.js$/,
    contents: (path) => `${refusal(basename(path))}\nexport class AwsSdkSigV4ASigner { sign() { refuse(); } }`,
  },
];

/** A step of S3's client that does nothing for any call of ours: its plugin adds no step at all. */
const idleStep = (file: string, plugin: string): Replacement => ({
  filter: new RegExp(`[/\\\\]middleware-sdk-s3[/\\\\].+[/\\\\]${file}\\.js$`),
  contents: (path, text) => refusing(basename(path), text, { [plugin]: '() => ({ applyToStack() {} })' }),
});

const STEPS: readonly Replacement[] = [
  // Keys that the caller brings along with each object.
  idleStep('middleware-ssec', 'getSsecPlugin'),
  // Calls that follow a bucket to another Region, where a client is told to.
  idleStep('region-redirect-middleware', 'getRegionRedirectMiddlewarePlugin'),
  // Directory buckets again. What signs for them does for all others what the client's own step does, which it would replace.
  idleStep('s3ExpressMiddleware', 'getS3ExpressPlugin'),
  idleStep('s3ExpressHttpSigningMiddleware', 'getS3ExpressHttpSigningPlugin'),
  // A warning about streams of unknown length, and a header that nobody reads.
  idleStep('check-content-length-header', 'getCheckContentLengthHeaderPlugin'),
  idleStep('s3-expires-middleware', 'getS3ExpiresMiddlewarePlugin'),
];

const SCHEMAS: readonly Replacement[] = [
  // Nobody writes a JSON schema. What a schema offers to others is made when they ask for it, and refuses when they use it.
  {
    filter: /[/\\]zod[/\\]v4[/\\]core[/\\]to-json-schema\.js$/,
    contents: (path, text) => refusing(basename(path), text, { createStandardJSONSchemaMethod: '() => refuse' }),
  },
  { filter: /[/\\]zod[/\\]v4[/\\]core[/\\]json-schema-processors\.js$/, contents: refused },
  // For values that hold themselves, which JSON cannot; without a memoizer zod parses as it does in `zod/mini`.
  {
    filter: /[/\\]zod[/\\]v4[/\\]core[/\\]memoizer\.js$/,
    contents: (path, text) =>
      refusing(basename(path), text, { memoizer: '() => undefined', isBackEdge: '() => false', isRecursiveSchema: '() => false' }),
  },
  { filter: /[/\\]zod[/\\]v4[/\\]classic[/\\]schemas\.js$/, contents: (_, text) => withFewMethods(text) },
];

/** All modules that a bundle does without. */
export const NEVER_RUN: readonly Replacement[] = [...HASHES, ...STREAMS, ...PLACES, ...CALLS, ...STEPS, ...SCHEMAS];
