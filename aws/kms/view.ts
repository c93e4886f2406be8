import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { KeyState, KeyUsage, KeyView } from '../../core/key/key.ts';
import { type Region, regionSchema } from '../../core/region.ts';

/** What DescribeKey in one Region said, in our words. */
export const keyView = (region: Region, metadata: KeyMetadata): KeyView => {
  const configuration = metadata.MultiRegionConfiguration;
  const primary = regionSchema.safeParse(configuration?.PrimaryKey?.Region);
  const regions = [configuration?.PrimaryKey?.Region, ...(configuration?.ReplicaKeys ?? []).map((replica) => replica.Region)];
  return {
    kind: 'seen',
    region,
    state: metadata.KeyState as KeyState,
    usage: metadata.KeyUsage as KeyUsage,
    spec: metadata.KeySpec ?? 'SYMMETRIC_DEFAULT',
    multiRegion: metadata.MultiRegion === true,
    ...(configuration?.MultiRegionKeyType === undefined ? {} : { role: configuration.MultiRegionKeyType }),
    ...(primary.success ? { primaryRegion: primary.data } : {}),
    regions: regions.flatMap((code) => regionSchema.safeParse(code).data ?? []),
    algorithms: [...(metadata.SigningAlgorithms ?? []), ...(metadata.MacAlgorithms ?? []), ...(metadata.EncryptionAlgorithms ?? [])],
    // Each Region has its own date: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-import.html
    ...(metadata.ValidTo === undefined ? {} : { materialExpiresAt: metadata.ValidTo.getTime() }),
  };
};
