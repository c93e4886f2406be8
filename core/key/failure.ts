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

const BY_NAME: Readonly<Record<string, FailureCode>> = {
  ThrottlingException: 'throttled',
  LimitExceededException: 'throttled',
  KMSInternalException: 'internal',
  DependencyTimeoutException: 'internal',
  KeyUnavailableException: 'internal',
  InternalFailure: 'internal',
  ServiceUnavailable: 'internal',
  // Our own credentials have run out or are not known yet: no word of KMS about the key, and new ones are on their way.
  ExpiredTokenException: 'internal',
  ExpiredToken: 'internal',
  UnrecognizedClientException: 'internal',
  InvalidClientTokenId: 'internal',
  RequestExpired: 'internal',
  AccessDeniedException: 'denied',
  // STS's names, when the role in the key's account is assumed.
  AccessDenied: 'denied',
  Throttling: 'throttled',
  // The SDK's names for an answer that is not KMS's: of a load balancer in trouble. It says nothing of what became of the call.
  Unknown: 'internal',
  SyntaxError: 'internal',
  NotFoundException: 'not-found',
  UnsupportedOperationException: 'not-multi-region',
  InvalidCiphertextException: 'wrong-ciphertext',
  IncorrectKeyException: 'wrong-ciphertext',
  KMSInvalidSignatureException: 'wrong-ciphertext',
  KMSInvalidMacException: 'wrong-ciphertext',
};

/** DisabledException and KMSInvalidStateException share their names between lasting and passing states: the text decides. */
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
/** What a name means when its text is none of those: a state that we do not know may pass, so the truth is read. */
const OTHERWISE: Readonly<Record<string, FailureCode>> = { DisabledException: 'disabled', KMSInvalidStateException: 'updating' };

const NO_ANSWER = /^(TimeoutError|AbortError|RequestTimeout|NetworkingError|[A-Z][A-Z0-9_]+)$/;

/**
 * Classifies a failed KMS call by the error's name and text, never by its HTTP status: the API page and the service model
 * disagree on that (https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html).
 */
export const classifyFailure = (errorName: string, message: string): KmsFailure => {
  const region = regionSchema.safeParse(/arn:aws[a-z-]*:kms:([a-z0-9-]+):/.exec(message)?.[1]);
  return { kind: 'failure', code: codeOf(errorName, message), errorName, message, ...(region.success ? { region: region.data } : {}) };
};

const codeOf = (errorName: string, message: string): FailureCode => {
  if (NO_ANSWER.test(errorName)) return 'unreachable';
  const byName = BY_NAME[errorName];
  if (byName !== undefined) return byName;
  return BY_TEXT.find(([pattern]) => pattern.test(message))?.[1] ?? OTHERWISE[errorName] ?? 'refused';
};
