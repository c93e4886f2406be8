import { DescribeKeyCommand, type KMSClient } from '@aws-sdk/client-kms';

/** What a script makes of one DescribeKey in the target: there, on its way, or still where it was. */
type Whereabouts = 'moved' | 'updating' | 'elsewhere' | 'unknown';

/** @param client of the target Region */
export const lookAt = async (client: KMSClient, keyId: string): Promise<Whereabouts> => {
  try {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: keyId }));
    const isPrimary = KeyMetadata?.MultiRegionConfiguration?.MultiRegionKeyType === 'PRIMARY';
    if (KeyMetadata?.KeyState === 'Updating') return 'updating';
    return isPrimary && KeyMetadata?.KeyState === 'Enabled' ? 'moved' : 'elsewhere';
  } catch {
    return 'unknown';
  }
};
