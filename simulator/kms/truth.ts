import type { KeySpec, KeyUsage } from './keys/key-specs.ts';
import type { KmsKey } from './keys/kms-key.ts';
import type { KeyRole, KeyState } from './keys/regional-view.ts';

/** One related key as it truly is. */
interface RegionalTruth {
  readonly role: KeyRole;
  readonly state: KeyState;
  readonly primaryRegion: string;
  /** The operations that this key's policy denies in this Region. */
  readonly denied: readonly string[];
}

/** One key with all that is related to it. */
interface KeyTruth {
  readonly account: string;
  readonly keyId: string;
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly multiRegion: boolean;
  readonly promotionsAccepted: number;
  readonly regions: Readonly<Record<string, RegionalTruth>>;
}

/** Every key of the world as it is at this moment, without delay or doubt. Plain JSON, for checkers. */
export interface KmsTruth {
  readonly promotionsAccepted: number;
  readonly keys: readonly KeyTruth[];
}

const keyTruth = ({ regions, account, keyId, keySpec, keyUsage, multiRegion, promotionsAccepted }: KmsKey): KeyTruth => ({
  account,
  keyId,
  keySpec,
  keyUsage,
  multiRegion,
  promotionsAccepted,
  regions: Object.fromEntries(
    [...regions].map(
      ([
        region,
        {
          now: { role, state, primaryRegion },
          denied,
        },
      ]) => [region, { role, state, primaryRegion, denied: [...denied] }],
    ),
  ),
});

/** The truth about these keys, copied: it stays as it is when the world goes on. */
export const truthOf = (keys: Iterable<KmsKey>): KmsTruth => {
  const dump = [...keys].map(keyTruth);
  return { promotionsAccepted: dump.reduce((sum, { promotionsAccepted }) => sum + promotionsAccepted, 0), keys: dump };
};
