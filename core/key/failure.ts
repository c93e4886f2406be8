import { type Region, regionSchema } from '../region.ts';

/** Everything a KMS call can fail of, as far as a failover has to tell it apart. */
export type FailureCode =
  | 'unreachable'
  | 'throttled'
  | 'internal'
  | 'denied'
  | 'not-found'
  | 'disabled'
  | 'pending-deletion'
  | 'pending-import'
  | 'creating'
  | 'updating'
  | 'not-primary'
  | 'no-replica'
  | 'not-multi-region'
  | 'wrong-ciphertext'
  | 'our-credentials'
  | 'refused';

/** A KMS call that did not do what was asked, as a value. */
export interface KmsFailure {
  readonly kind: 'failure';
  readonly code: FailureCode;
  readonly errorName: string;
  readonly message: string;
  /** The Region of the key ARN in the message: it tells which side of a promotion refused. */
  readonly region?: Region;
}

/** Names that say enough by themselves. */
const BY_NAME: Readonly<Record<string, FailureCode>> = {
  ThrottlingException: 'throttled',
  LimitExceededException: 'throttled',
  Throttling: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  AccessDeniedException: 'denied',
  NotFoundException: 'not-found',
  UnsupportedOperationException: 'not-multi-region',
  InvalidCiphertextException: 'wrong-ciphertext',
  IncorrectKeyException: 'wrong-ciphertext',
  KMSInvalidSignatureException: 'wrong-ciphertext',
  KMSInvalidMacException: 'wrong-ciphertext',
  // Our own credentials have run out, or are not known yet, or could not be had: no word of KMS about the key.
  ExpiredTokenException: 'our-credentials',
  ExpiredToken: 'our-credentials',
  UnrecognizedClientException: 'our-credentials',
  InvalidClientTokenId: 'our-credentials',
  InvalidSignatureException: 'our-credentials',
  SignatureDoesNotMatch: 'our-credentials',
  RequestExpired: 'our-credentials',
  CredentialsProviderError: 'our-credentials',
  // STS's spelling, when the role in the key's account is assumed; KMS says AccessDeniedException.
  AccessDenied: 'our-credentials',
  // What KMS declares for a request that it will never carry out as it is.
  InvalidArnException: 'refused',
  InvalidGrantTokenException: 'refused',
  InvalidKeyUsageException: 'refused',
  InvalidMarkerException: 'refused',
  SerializationException: 'refused',
  TagException: 'refused',
  UnknownOperationException: 'refused',
};

/** These names stand for lasting and for passing states alike, and the text decides; so they mean when it is none of those below. */
const OTHERWISE: Readonly<Record<string, FailureCode>> = {
  DisabledException: 'disabled',
  // A state that we do not know may pass, so the truth is read.
  KMSInvalidStateException: 'updating',
  ValidationException: 'refused',
};

const BY_TEXT: ReadonlyArray<readonly [RegExp, FailureCode]> = [
  [/is not a multi-Region primary key/i, 'not-primary'],
  [/is pending (replica )?deletion/i, 'pending-deletion'],
  [/is pending import/i, 'pending-import'],
  [/is creating/i, 'creating'],
  [/is updating/i, 'updating'],
  [/is disabled/i, 'disabled'],
  [/does not have a replica key in the specified Region/i, 'no-replica'],
];

/** Node's codes (ECONNREFUSED, ERR_TLS_…, CERT_…) are in capitals throughout, as no service's names are. */
const NO_ANSWER = /^(TimeoutError|AbortError|RequestTimeout|NetworkingError|[A-Z][A-Z0-9_]+)$/;

/**
 * Classifies a failed KMS call by the error's name and text, never by its HTTP status: the API page and the service model
 * disagree on that (https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html).
 */
export const classifyFailure = (errorName: string, message: string): KmsFailure => {
  const region = regionSchema.safeParse(/arn:aws[a-z-]*:kms:([a-z0-9-]+):/.exec(message)?.[1]);
  return { kind: 'failure', code: codeOf(errorName, message), errorName, message, ...(region.success ? { region: region.data } : {}) };
};

/**
 * A name that is not known leaves everything open, as KMS's own troubles do and the SDK's names for a load balancer's answer
 * (Unknown, SyntaxError): such a call may have taken effect.
 */
const codeOf = (errorName: string, message: string): FailureCode => {
  if (NO_ANSWER.test(errorName)) return 'unreachable';
  const otherwise = OTHERWISE[errorName];
  if (otherwise !== undefined) return BY_TEXT.find(([pattern]) => pattern.test(message))?.[1] ?? otherwise;
  return BY_NAME[errorName] ?? 'internal';
};
