import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readScope } from '../../../simulator/wire/credential-scope.ts';

const scope = { accessKeyId: 'AKIDEXAMPLE', region: 'us-west-2', service: 'kms' };
const CREDENTIAL = 'AKIDEXAMPLE/20260101/us-west-2/kms/aws4_request';

describe('readScope', () => {
  for (const authorization of [
    `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=host;x-amz-date, Signature=0abc`,
    `AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=host,Signature=0`,
    `AWS4-HMAC-SHA256 SignedHeaders=host, Credential=${CREDENTIAL}, Signature=0`,
  ]) {
    it(`reads '${authorization}'`, () => assert.deepEqual(readScope(authorization, '/'), { kind: 'scope', scope }));
  }

  it('reads the query of a presigned request, and prefers the header', () => {
    const url = `/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(CREDENTIAL)}&X-Amz-Date=1`;

    assert.deepEqual(readScope(undefined, url), { kind: 'scope', scope });
    assert.deepEqual(readScope('AWS4-HMAC-SHA256 Credential=other/20260101/eu-west-1/kms/aws4_request', url), {
      kind: 'scope',
      scope: { ...scope, accessKeyId: 'other', region: 'eu-west-1' },
    });
  });

  it('says when nobody has signed', () => assert.deepEqual(readScope(undefined, '/?a=b'), { kind: 'missing' }));

  for (const authorization of [
    '',
    'Bearer abc',
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=AKID/us-west-2/kms/aws4_request',
    'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-west-2/kms/aws4_request/more',
    'AWS4-HMAC-SHA256 Credential=AKID/20260101/US_WEST_2/kms/aws4_request',
    'AWS4-ECDSA-P256-SHA256 Credential=AKID/20260101/kms/aws4_request',
  ]) {
    it(`cannot read '${authorization}'`, () => assert.deepEqual(readScope(authorization, '/'), { kind: 'malformed' }));
  }

  it('cannot read a query that is not encoded as one', () =>
    assert.deepEqual(readScope(undefined, '/?X-Amz-Credential=%E0%A4%A'), { kind: 'malformed' }));
});
