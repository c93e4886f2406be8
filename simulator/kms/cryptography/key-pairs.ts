import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import type { KeySpec } from '../keys/key-specs.ts';

const RSA_BITS: Readonly<Partial<Record<string, number>>> = { RSA_2048: 2_048, RSA_3072: 3_072, RSA_4096: 4_096 };

const CURVES: Readonly<Partial<Record<string, string>>> = {
  ECC_NIST_P256: 'prime256v1',
  ECC_NIST_P384: 'secp384r1',
  ECC_NIST_P521: 'secp521r1',
  ECC_SECG_P256K1: 'secp256k1',
};

/** The specs of pairs, of KMS keys as well as of data keys. */
export type PairSpec = Exclude<KeySpec, 'SYMMETRIC_DEFAULT' | `HMAC_${string}`>;

/** A pair that nobody else has. Chance comes from Node, for no trace and no report ever holds what depends on it. */
export const freshPair = (spec: PairSpec): KeyPairKeyObjectResult => {
  switch (spec) {
    case 'ECC_NIST_EDWARDS25519':
      return generateKeyPairSync('ed25519');
    case 'ML_DSA_44':
      return generateKeyPairSync('ml-dsa-44');
    case 'ML_DSA_65':
      return generateKeyPairSync('ml-dsa-65');
    case 'ML_DSA_87':
      return generateKeyPairSync('ml-dsa-87');
    default: {
      const modulusLength = RSA_BITS[spec];
      return modulusLength === undefined
        ? generateKeyPairSync('ec', { namedCurve: CURVES[spec] ?? '' })
        : generateKeyPairSync('rsa', { modulusLength });
    }
  }
};

/** RSA pairs take from 40 ms to a second to make, so that a process makes only so many of each spec and then begins again with the first. */
const RSA_PAIRS_MAX: Readonly<Partial<Record<string, number>>> = { RSA_2048: 8, RSA_3072: 4, RSA_4096: 2 };

const pools = new Map<PairSpec, KeyPairKeyObjectResult[]>();
const taken = new Map<string, number>();

/**
 * The pair of a new key: one of its own, except that RSA keys of one account share a pair once the pool of their spec is used up.
 */
export const pairFor = (spec: PairSpec, account: string): KeyPairKeyObjectResult => {
  const pairsMax = RSA_PAIRS_MAX[spec];
  if (pairsMax === undefined) return freshPair(spec);
  const pool = pools.get(spec) ?? [];
  pools.set(spec, pool);
  const owner = `${account}/${spec}`;
  const place = (taken.get(owner) ?? 0) % pairsMax;
  taken.set(owner, place + 1);
  const pair = pool[place] ?? freshPair(spec);
  pool[place] = pair;
  return pair;
};

const describes = (spec: PairSpec, { privateKey }: KeyPairKeyObjectResult): boolean => {
  const { asymmetricKeyType, asymmetricKeyDetails } = privateKey;
  if (RSA_BITS[spec] !== undefined) return asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === RSA_BITS[spec];
  if (CURVES[spec] !== undefined) return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === CURVES[spec];
  return asymmetricKeyType === (spec === 'ECC_NIST_EDWARDS25519' ? 'ed25519' : spec.toLowerCase().replaceAll('_', '-'));
};

/** @param pkcs8 a private key as imports bring it, in DER. @returns undefined when it is no private key of the spec */
export const importedPair = (spec: PairSpec, pkcs8: Buffer): KeyPairKeyObjectResult | undefined => {
  try {
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const pair = { privateKey, publicKey: createPublicKey(privateKey) };
    return describes(spec, pair) ? pair : undefined;
  } catch {
    return undefined;
  }
};
