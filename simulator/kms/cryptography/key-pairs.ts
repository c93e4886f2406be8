import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import type { KeySpec } from '../keys/key-specs.ts';

const RSA_BITS: Readonly<Partial<Record<KeySpec, number>>> = { RSA_2048: 2_048, RSA_3072: 3_072, RSA_4096: 4_096 };

const CURVES: Readonly<Partial<Record<KeySpec, string>>> = {
  ECC_NIST_P256: 'prime256v1',
  ECC_NIST_P384: 'secp384r1',
  ECC_NIST_P521: 'secp521r1',
  ECC_SECG_P256K1: 'secp256k1',
};

/** RSA pairs take seconds to make: all keys of a spec share one. Elliptic curves are quick: their keys share a few. */
const PAIRS_PER_CURVE = 4;

const made = new Map<string, KeyPairKeyObjectResult>();

const makePair = (keySpec: KeySpec): KeyPairKeyObjectResult => {
  const modulusLength = RSA_BITS[keySpec];
  if (modulusLength !== undefined) return generateKeyPairSync('rsa', { modulusLength });
  const namedCurve = CURVES[keySpec];
  if (namedCurve === undefined) throw new RangeError(`Expected the spec of an asymmetric key, got ${keySpec}.`);
  return generateKeyPairSync('ec', { namedCurve });
};

/** The pair of an asymmetric key, from a small pool made once per process: keys of one spec may share a pair, which real keys never do. */
export const keyPairOf = (keySpec: KeySpec, keyId: string): KeyPairKeyObjectResult => {
  const lastHexDigits = Number.parseInt(keyId.slice(-4), 16);
  const poolId = RSA_BITS[keySpec] === undefined ? `${keySpec}/${lastHexDigits % PAIRS_PER_CURVE}` : keySpec;
  const pair = made.get(poolId) ?? makePair(keySpec);
  made.set(poolId, pair);
  return pair;
};
