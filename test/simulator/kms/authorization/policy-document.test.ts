import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPolicy } from '../../../../simulator/kms/authorization/policy-document.ts';
import { allow, policyOf, variable } from './authorized-world.ts';

describe('A policy', () => {
  it('tells which condition keys can change its answer: those it asks for, and those it has as variables', () => {
    const policy = policyOf(
      allow('kms:Encrypt', { Condition: { StringEquals: { 'kms:KeySpec': 'HMAC_256', 'kms:EncryptionContext:Team': 'a' } } }),
      allow('kms:Decrypt', { Resource: `arn:aws:kms:*:*:key/${variable('aws:PrincipalTag/key')}` }),
    );

    const { conditionKeys } = readPolicy('identity', 'test', policy);

    assert.deepEqual([...conditionKeys].sort(), ['aws:principaltag/key', 'kms:encryptioncontext:team', 'kms:keyspec']);
  });

  it('may be given as text', () => {
    assert.deepEqual(
      readPolicy('identity', 'test', JSON.stringify(policyOf(allow('kms:*')))).policy.policyDocument,
      policyOf(allow('kms:*')),
    );
  });

  it('that IAM would not accept is refused with the place of each mistake', () => {
    assert.throws(() => readPolicy('identity', 'mine', policyOf(allow('kms:*', { Effect: 'Perhaps' }))), {
      name: 'RangeError',
      message: /^Expected the identity policy 'mine' to be one that IAM accepts, but Statement\[0\]\.Effect: /,
    });
  });

  for (const text of ['', 'null', '[]', '{'])
    it(`is not the text '${text}'`, () => {
      assert.throws(() => readPolicy('key', 'default', text), {
        name: 'RangeError',
        message: `Expected the key policy 'default' to be a JSON object, got ${JSON.stringify(text)}.`,
      });
    });

  it('of an identity names no principal, and one of a key has to', () => {
    const withPrincipal = policyOf(allow('kms:*', { Principal: '*' }));

    assert.throws(() => readPolicy('identity', 'mine', withPrincipal), RangeError);
    assert.doesNotThrow(() => readPolicy('key', 'default', withPrincipal));
    assert.throws(() => readPolicy('key', 'default', policyOf(allow('kms:*'))), RangeError);
  });
});
