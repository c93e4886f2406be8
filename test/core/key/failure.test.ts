import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classifyFailure, type FailureCode } from '../../../core/key/failure.ts';
import { mrk } from '../../support/fleet.ts';
import { ACCOUNT } from '../../support/keys.ts';

const arn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/${mrk('1')}`;

/** KMS's names and words, one row a situation. */
const rows: ReadonlyArray<readonly [name: string, message: string, code: FailureCode, region?: string]> = [
  ['ThrottlingException', 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.', 'throttled'],
  ['KMSInternalException', 'An internal error occurred.', 'internal'],
  ['DependencyTimeoutException', 'The system timed out while trying to fulfill the request.', 'internal'],
  ['KeyUnavailableException', `${arn('us-west-2')} is unavailable.`, 'internal', 'us-west-2'],
  [
    'AccessDeniedException',
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/r/s is not authorized to perform: kms:UpdatePrimaryRegion on resource: ${arn('us-west-2')} because no resource-based policy allows the kms:UpdatePrimaryRegion action`,
    'denied',
    'us-west-2',
  ],
  ['NotFoundException', `Key '${arn('eu-west-1')}' does not exist`, 'not-found', 'eu-west-1'],
  ['NotFoundException', 'Invalid arn us-west-2', 'not-found'],
  ['DisabledException', `${arn('us-east-1')} is disabled.`, 'disabled', 'us-east-1'],
  ['DisabledException', `${arn('us-east-1')} is pending deletion (or pending replica deletion).`, 'pending-deletion', 'us-east-1'],
  ['KMSInvalidStateException', `${arn('us-west-2')} is pending deletion.`, 'pending-deletion', 'us-west-2'],
  ['KMSInvalidStateException', `${arn('us-east-1')} is pending replica deletion.`, 'pending-deletion', 'us-east-1'],
  ['KMSInvalidStateException', `${arn('us-west-2')} is pending import.`, 'pending-import', 'us-west-2'],
  ['KMSInvalidStateException', `${arn('us-west-2')} is creating.`, 'creating', 'us-west-2'],
  ['KMSInvalidStateException', `${arn('us-east-1')} is updating.`, 'updating', 'us-east-1'],
  ['KMSInvalidStateException', `${arn('us-east-1')} is not a multi-Region primary key.`, 'not-primary', 'us-east-1'],
  ['ValidationException', `${mrk('1')} does not have a replica key in the specified Region.`, 'no-replica'],
  ['UnsupportedOperationException', `${arn('us-east-1')} is not a multi-Region key.`, 'not-multi-region', 'us-east-1'],
  ['InvalidArnException', 'Key Aliases are not supported for this operation.', 'refused'],
  ['ValidationException', '1 validation error detected: the Region is no Region', 'refused'],
  ['InvalidCiphertextException', '', 'wrong-ciphertext'],
  ['IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.', 'wrong-ciphertext'],
  ['KMSInvalidSignatureException', '', 'wrong-ciphertext'],
  ['KMSInvalidMacException', '', 'wrong-ciphertext'],
  ['InvalidKeyUsageException', `${arn('us-east-1')} key usage is SIGN_VERIFY which is not valid for Encrypt.`, 'refused', 'us-east-1'],
  [
    'AccessDenied',
    `User: arn:aws:sts::${ACCOUNT}:assumed-role/r/s is not authorized to perform: sts:AssumeRole on resource: x`,
    'our-credentials',
  ],
  ['ExpiredTokenException', 'The security token included in the request is expired', 'our-credentials'],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', 'our-credentials'],
  ['InvalidClientTokenId', 'The security token included in the request is invalid.', 'our-credentials'],
  ['InvalidSignatureException', 'Signature expired: 20261020T075230Z is now earlier than 20261020T080000Z', 'our-credentials'],
  ['RequestExpired', 'Request has expired.', 'our-credentials'],
  ['CredentialsProviderError', 'Could not load credentials from any providers', 'our-credentials'],
  ['TooManyRequestsException', 'Too many requests', 'throttled'],
  ['RequestLimitExceeded', 'Request limit exceeded.', 'throttled'],
  ['InvalidGrantTokenException', '', 'refused'],
  ['TagException', '', 'refused'],
  ['UnknownOperationException', '', 'refused'],
  ['ServiceUnavailableException', 'Service Unavailable', 'internal'],
  ['InternalServerError', '', 'internal'],
  ['InternalServiceError', '', 'internal'],
  ['InternalErrorException', '', 'internal'],
  ['InternalFailure', '', 'internal'],
  ['UnknownError', 'UnknownError', 'internal'],
  ['KMSInvalidStateException', `${arn('us-east-1')} is in a state that nobody has seen before`, 'updating', 'us-east-1'],
  ['Throttling', 'Rate exceeded', 'throttled'],
  ['Unknown', 'UnknownError', 'internal'],
  ['SyntaxError', `Unexpected token '<', "<html>busy</html>" is not valid JSON`, 'internal'],
  ['SomethingNew', 'that nobody has seen before', 'internal'],
  ['SomethingNew', `${arn('us-east-1')} is disabled.`, 'internal', 'us-east-1'],
];

const silences = [
  'TimeoutError',
  'AbortError',
  'RequestTimeout',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'HPE_INVALID_CONSTANT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
];

describe('A failed KMS call', () => {
  for (const [errorName, message, code, region] of rows)
    it(`${errorName} "${message.replace(arn('us-east-1'), '<source>').slice(0, 60)}" is ${code}`, () => {
      const failure = classifyFailure(errorName, message);

      assert.deepEqual(failure, { kind: 'failure', code, errorName, message, ...(region === undefined ? {} : { region }) });
    });

  for (const errorName of silences)
    it(`${errorName} means that nothing answered`, () => assert.equal(classifyFailure(errorName, 'whatever').code, 'unreachable'));

  it('of an ARN in another partition still tells its Region', () =>
    assert.equal(
      classifyFailure('NotFoundException', `Key 'arn:aws-us-gov:kms:us-gov-west-1:${ACCOUNT}:key/x' does not exist`).region,
      'us-gov-west-1',
    ));

  it('tells no Region when the ARN is of another service', () =>
    assert.equal(
      classifyFailure('AccessDeniedException', `User: arn:aws:sts::${ACCOUNT}:assumed-role/r is not authorized`).region,
      undefined,
    ));
});
