import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fill } from '../../../simulator/conformance/placeholders.ts';

const BYTES = new Uint8Array([1, 2]);
const VALUES = { keyId: 'mrk-1', primaryRegion: 'us-east-1', 'kept.ciphertext': BYTES, 'import token': BYTES };

describe('A placeholder', () => {
  it('gives way to its value within a text', () => {
    assert.equal(fill('{keyId} in {primaryRegion}', VALUES), 'mrk-1 in us-east-1');
  });

  it('that is the whole text becomes the value itself, bytes included', () => {
    assert.deepEqual(fill({ CiphertextBlob: '{kept.ciphertext}', ImportToken: '{import token}' }, VALUES), {
      CiphertextBlob: BYTES,
      ImportToken: BYTES,
    });
  });

  it('is found in lists and in fields of fields; everything else stays', () => {
    const request = { Tags: [{ TagKey: '{keyId}' }], Plaintext: BYTES, Limit: 3, MultiRegion: true };

    assert.deepEqual(fill(request, VALUES), { ...request, Tags: [{ TagKey: 'mrk-1' }] });
  });

  it('is not what braces of JSON are', () => {
    const policy = '{"Statement":[{"Effect":"Allow"}]}';

    assert.equal(fill(policy, VALUES), policy);
  });

  it('without a value is a mistake in the table', () => {
    assert.throws(() => fill('{keyID}', VALUES), { name: 'RangeError', message: /^Expected a value for \{keyID\}, but only keyId, / });
  });
});
