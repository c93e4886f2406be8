import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importedPair, type PairSpec, pairFor } from '../../../../simulator/kms/cryptography/key-pairs.ts';

const spkiOf = (spec: PairSpec, account: string): string =>
  pairFor(spec, account).publicKey.export({ type: 'spki', format: 'der' }).toString('hex');

describe('The pair of a key', () => {
  it('is its own on every curve and for ML-DSA', () => {
    for (const spec of ['ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'ML_DSA_44'] as const) {
      assert.equal(new Set(Array.from({ length: 5 }, () => spkiOf(spec, 'a'))).size, 5, spec);
    }
  });

  it('is its own within an account for the first RSA keys of a spec, and shared between accounts and after that', () => {
    const first = Array.from({ length: 3 }, () => spkiOf('RSA_2048', 'one account'));
    const others = Array.from({ length: 3 }, () => spkiOf('RSA_2048', 'another account'));

    assert.equal(new Set(first).size, 3);
    assert.deepEqual(others, first);
    const many = Array.from({ length: 9 }, () => spkiOf('RSA_2048', 'a third account'));
    assert.equal(many[8], many[0]);
  });

  it('can be imported as PKCS #8, if it is one of the spec', () => {
    const pkcs8 = pairFor('ECC_NIST_P256', 'a').privateKey.export({ type: 'pkcs8', format: 'der' });

    assert.deepEqual(importedPair('ECC_NIST_P256', pkcs8)?.privateKey.export({ type: 'pkcs8', format: 'der' }), pkcs8);
    for (const spec of ['ECC_NIST_P384', 'RSA_2048', 'ECC_NIST_EDWARDS25519', 'ML_DSA_44'] as const) {
      assert.equal(importedPair(spec, pkcs8), undefined, spec);
    }
    assert.equal(importedPair('ECC_NIST_P256', Buffer.from('nonsense')), undefined);
  });
});
