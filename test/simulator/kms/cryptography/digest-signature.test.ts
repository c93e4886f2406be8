import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { digestBytesOf, isSignatureOfDigest, signDigest } from '../../../../simulator/kms/cryptography/digest-signature.ts';
import { freshPair, type PairSpec } from '../../../../simulator/kms/cryptography/key-pairs.ts';
import { isSignature, signMessage } from '../../../../simulator/kms/cryptography/signature.ts';

const message = Buffer.from('the message');
const digestOf = (algorithm: string): Buffer =>
  createHash(`sha${algorithm.slice(-3)}`)
    .update(message)
    .digest();
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const SCHEMES: ReadonlyArray<readonly [spec: PairSpec, algorithm: string]> = [
  ['ECC_NIST_P256', 'ECDSA_SHA_256'],
  ['ECC_NIST_P384', 'ECDSA_SHA_384'],
  ['ECC_NIST_P521', 'ECDSA_SHA_512'],
  ['ECC_SECG_P256K1', 'ECDSA_SHA_256'],
  ...['PSS', 'PKCS1_V1_5'].flatMap((padding) => [256, 384, 512].map((bits) => ['RSA_2048', `RSASSA_${padding}_SHA_${bits}`] as const)),
];

for (const [spec, algorithm] of SCHEMES) {
  describe(`${algorithm} of a digest, by ${spec}`, () => {
    const { privateKey, publicKey } = spec === 'RSA_2048' ? rsa : freshPair(spec);
    const digest = digestOf(algorithm);

    it('is what OpenSSL takes for a signature of the message, and the other way round', () => {
      for (let times = 0; times < 5; times += 1) {
        assert.equal(isSignature(algorithm, publicKey, message, signDigest(algorithm, privateKey, digest)), true);
        assert.equal(isSignatureOfDigest(algorithm, publicKey, digest, signMessage(algorithm, privateKey, message)), true);
      }
    });

    it('does not hold for another digest, another key or a signature that was changed', () => {
      const signature = signDigest(algorithm, privateKey, digest);
      const other = spec === 'RSA_2048' ? generateKeyPairSync('rsa', { modulusLength: 2_048 }) : freshPair(spec);

      assert.equal(
        isSignatureOfDigest(algorithm, publicKey, createHash('sha512').update('x').digest().subarray(0, digest.length), signature),
        false,
      );
      assert.equal(isSignatureOfDigest(algorithm, other.publicKey, digest, signature), false);
      for (const place of [0, 1, 5, signature.length >> 1, signature.length - 1]) {
        const changed = Buffer.from(signature);
        changed[place] = (changed[place] ?? 0) ^ 1;
        assert.equal(isSignatureOfDigest(algorithm, publicKey, digest, changed), false, String(place));
      }
      for (const nonsense of [Buffer.alloc(0), Buffer.from('nonsense'), signature.subarray(1), Buffer.alloc(signature.length, 0xff)]) {
        assert.equal(isSignatureOfDigest(algorithm, publicKey, digest, nonsense), false);
      }
    });
  });
}

describe('The digest of an algorithm', () => {
  it('is as long as its hash, and there is none where the algorithm hashes by itself', () => {
    assert.deepEqual(
      ['ECDSA_SHA_384', 'RSASSA_PSS_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_512', 'ED25519_SHA_512', 'ML_DSA_SHAKE_256'].map(digestBytesOf),
      [48, 32, 64, undefined, undefined],
    );
  });
});
