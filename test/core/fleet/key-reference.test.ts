import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyReferenceSchema, referencedKey, refersTo } from '../../../core/fleet/key-reference.ts';
import { accountId } from '../../../core/region.ts';
import { mrk } from '../../support/fleet.ts';

const account = accountId('111122223333');
const other = accountId('444455556666');
const bare = keyReferenceSchema.parse(mrk('1'));
const arn = keyReferenceSchema.parse(`arn:aws:kms:us-east-1:${account}:key/${mrk('1')}`);

describe('A reference to a key', () => {
  it('is a bare key ID, which names no account', () => {
    assert.deepEqual(referencedKey(bare), { keyId: mrk('1'), account: undefined });
  });

  it('is an ARN, which names the account', () => {
    assert.deepEqual(referencedKey(arn), { keyId: mrk('1'), account });
  });

  for (const text of [
    '',
    'mrk-1',
    mrk('A'),
    `${mrk('1')}0`,
    '1234abcd-12ab-34cd-56ef-1234567890ab',
    `arn:aws-cn:kms:cn-north-1:${account}:key/${mrk('1')}`,
    `arn:aws:kms:us-east-1:${account}:alias/a`,
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(keyReferenceSchema.safeParse(text).success, false);
    });
  }

  it('speaks of the key in every account when bare, and in its own account as an ARN', () => {
    assert.equal(refersTo(bare, { account, keyId: mrk('1') }), true);
    assert.equal(refersTo(bare, { account: other, keyId: mrk('1') }), true);
    assert.equal(refersTo(arn, { account, keyId: mrk('1') }), true);
    assert.equal(refersTo(arn, { account: other, keyId: mrk('1') }), false);
    assert.equal(refersTo(bare, { account, keyId: mrk('2') }), false);
  });
});
