import type { KeySpec, KeyUsage } from '../kms/keys/key-specs.ts';
import type { World } from '../world/world.ts';

/** What a fleet of ordinary companies is made of, in shares of 100. */
const MIX: ReadonlyArray<{ readonly share: number; readonly keySpec: KeySpec; readonly keyUsage: KeyUsage }> = [
  { share: 80, keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' },
  { share: 8, keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' },
  { share: 6, keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' },
  { share: 4, keySpec: 'RSA_2048', keyUsage: 'SIGN_VERIFY' },
  { share: 2, keySpec: 'RSA_2048', keyUsage: 'ENCRYPT_DECRYPT' },
];

interface Population {
  readonly keys: number;
  readonly accounts: readonly string[];
  readonly primary: string;
  readonly replicas: readonly string[];
  readonly aliasOf: (index: number) => string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Key IDs to give instead of drawing them. */
  readonly keyIds?: readonly string[];
}

/** Puts a fleet's keys in place, spread evenly over the accounts, kinds mixed. */
export const populate = (world: World, population: Population): void => {
  for (let index = 0; index < population.keys; index += 1) {
    const kind = kindAt(index);
    world.kms.seedKey({
      account: population.accounts[index % population.accounts.length] ?? '',
      keySpec: kind.keySpec,
      keyUsage: kind.keyUsage,
      primary: population.primary,
      replicas: population.replicas,
      aliases: [population.aliasOf(index)],
      ...(population.tags === undefined ? {} : { tags: population.tags }),
      ...keyIdAt(population, index),
      createdMsAgo: 90 * 86_400_000,
    });
  }
};

const keyIdAt = ({ keyIds }: Population, index: number): { readonly keyId?: string } => {
  const keyId = keyIds?.[index];
  return keyId === undefined ? {} : { keyId };
};

/** Kinds follow each other so that any hundred keys in a row hold the mix. */
const kindAt = (index: number): (typeof MIX)[number] => {
  // 37 and 100 have no common divisor: every place of the hundred is visited once.
  let place = (index * 37) % 100;
  for (const kind of MIX) {
    if (place < kind.share) return kind;
    place -= kind.share;
  }
  throw new RangeError('The shares of the mix do not add up to 100.');
};
