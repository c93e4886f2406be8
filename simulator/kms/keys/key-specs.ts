export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT';

/** Where a key's material comes from; keys of custom key stores do not exist here. */
export type KeyOrigin = 'AWS_KMS' | 'EXTERNAL';

/** Which shared quota a key's cryptographic calls spend: https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
export type CryptoPool = 'symmetric-cryptography' | 'rsa-cryptography' | 'ecc-cryptography' | 'ml-dsa-cryptography';

interface SpecFacts {
  readonly pool: CryptoPool;
  /** The algorithms that KMS allows for each usage the spec has. */
  readonly algorithms: Readonly<Partial<Record<KeyUsage, readonly string[]>>>;
}

const OAEP = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];
const RSA_SIGNING = ['PKCS1_V1_5', 'PSS'].flatMap((scheme) => [256, 384, 512].map((bits) => `RSASSA_${scheme}_SHA_${bits}`));

const rsa: SpecFacts = { pool: 'rsa-cryptography', algorithms: { ENCRYPT_DECRYPT: OAEP, SIGN_VERIFY: RSA_SIGNING } };
const ecc = (...signing: readonly string[]): SpecFacts => ({ pool: 'ecc-cryptography', algorithms: { SIGN_VERIFY: signing } });
const nist = (bits: number): SpecFacts => ({
  pool: 'ecc-cryptography',
  algorithms: { SIGN_VERIFY: [`ECDSA_SHA_${bits}`], KEY_AGREEMENT: ['ECDH'] },
});
const hmac = (bits: number): SpecFacts => ({
  pool: 'symmetric-cryptography',
  algorithms: { GENERATE_VERIFY_MAC: [`HMAC_SHA_${bits}`] },
});
const mlDsa: SpecFacts = { pool: 'ml-dsa-cryptography', algorithms: { SIGN_VERIFY: ['ML_DSA_SHAKE_256'] } };

/** The key specs of this KMS: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
export const KEY_SPECS = {
  SYMMETRIC_DEFAULT: { pool: 'symmetric-cryptography', algorithms: { ENCRYPT_DECRYPT: ['SYMMETRIC_DEFAULT'] } },
  RSA_2048: rsa,
  RSA_3072: rsa,
  RSA_4096: rsa,
  ECC_NIST_P256: nist(256),
  ECC_NIST_P384: nist(384),
  ECC_NIST_P521: nist(512),
  ECC_SECG_P256K1: ecc('ECDSA_SHA_256'),
  ECC_NIST_EDWARDS25519: ecc('ED25519_SHA_512', 'ED25519_PH_SHA_512'),
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
  ML_DSA_44: mlDsa,
  ML_DSA_65: mlDsa,
  ML_DSA_87: mlDsa,
} as const satisfies Record<string, SpecFacts>;

export type KeySpec = keyof typeof KEY_SPECS;

/** The algorithms of a spec for one usage; empty when the spec has no such usage. */
export const algorithmsOf = (keySpec: KeySpec, keyUsage: KeyUsage): readonly string[] => {
  const { algorithms }: SpecFacts = KEY_SPECS[keySpec];
  return algorithms[keyUsage] ?? [];
};

/** Whether a key of the spec has a public half. */
export const isAsymmetric = (keySpec: KeySpec): boolean => KEY_SPECS[keySpec].pool !== 'symmetric-cryptography';

/** How long the secret of a spec without a public half is. */
export const secretBytesOf = (keySpec: KeySpec): number =>
  keySpec === 'SYMMETRIC_DEFAULT' ? 32 : Number(keySpec.slice('HMAC_'.length)) / 8;
