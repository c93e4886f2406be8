export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC';

/** Which shared quota a key's cryptographic calls spend: https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
export type CryptoPool = 'symmetric-cryptography' | 'rsa-cryptography' | 'ecc-cryptography';

interface SpecFacts {
  readonly pool: CryptoPool;
  /** The algorithms that KMS allows for each usage the spec has. */
  readonly algorithms: Readonly<Partial<Record<KeyUsage, readonly string[]>>>;
}

const OAEP = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
const RSA_SIGNING = ['PKCS1_V1_5', 'PSS'].flatMap((scheme) => [256, 384, 512].map((bits) => `RSASSA_${scheme}_SHA_${bits}`));

const rsa: SpecFacts = { pool: 'rsa-cryptography', algorithms: { ENCRYPT_DECRYPT: OAEP, SIGN_VERIFY: RSA_SIGNING } };
const ecc = (bits: number): SpecFacts => ({ pool: 'ecc-cryptography', algorithms: { SIGN_VERIFY: [`ECDSA_SHA_${bits}`] } });
const hmac = (bits: number): SpecFacts => ({
  pool: 'symmetric-cryptography',
  algorithms: { GENERATE_VERIFY_MAC: [`HMAC_SHA_${bits}`] },
});

/** The key specs of this KMS: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
export const KEY_SPECS = {
  SYMMETRIC_DEFAULT: { pool: 'symmetric-cryptography', algorithms: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] } },
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: ecc(256),
  ECC_NIST_P384: ecc(384),
  ECC_NIST_P521: ecc(512),
  ECC_SECG_P256K1: ecc(256),
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
} as const satisfies Record<string, SpecFacts>;

export type KeySpec = keyof typeof KEY_SPECS;

/** The algorithms of a spec for one usage; empty when the spec has no such usage. */
export const algorithmsOf = (keySpec: KeySpec, keyUsage: KeyUsage): readonly string[] => {
  const { algorithms }: SpecFacts = KEY_SPECS[keySpec];
  return algorithms[keyUsage] ?? [];
};
