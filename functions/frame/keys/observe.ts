import type { Readings } from '../../../core/key/agree.ts';
import type { KmsFailure } from '../../../core/key/failure.ts';
import type { KeyRef, KeyView } from '../../../core/key/key.ts';
import type { Region } from '../../../core/region.ts';
import type { Runtime } from '../runtime.ts';

const SPARED: KmsFailure = {
  kind: 'failure',
  code: 'unreachable',
  errorName: 'KnownDark',
  message: 'not asked: another batch found this Region not answering less than 30 seconds ago',
};

/**
 * Describes a key in each of the Regions at once.
 * @param spared Regions that are known not to answer at present, and are not asked
 */
export const observe = async (
  runtime: Pick<Runtime, 'kms'>,
  key: KeyRef,
  regions: readonly Region[],
  spared: ReadonlySet<Region> = new Set(),
): Promise<Readings> => {
  const entries = regions.map(
    async (region): Promise<[Region, KeyView | KmsFailure]> => [
      region,
      spared.has(region) ? SPARED : await runtime.kms.describe({ account: key.account, keyId: key.keyId, region }),
    ],
  );
  return new Map(await Promise.all(entries));
};
