import { KMSClient } from '@aws-sdk/client-kms';
import type { World } from '../../simulator/world/world.ts';

/** The retry modes of the AWS SDKs: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
export type RetryMode = 'standard' | 'adaptive';

const REQUEST_MS_MAX = 60_000;

/** Clients as `new KMSClient({ region, retryMode })` makes them, three attempts each, over the simulated KMS. */
export const sdkClients = (world: World, retryMode: RetryMode) => {
  const made = new Map<string, KMSClient>();
  return (account: string, region: string): KMSClient => {
    const id = `${account}/${region}`;
    const client =
      made.get(id) ??
      new KMSClient({
        region,
        retryMode,
        credentials: { accessKeyId: 'simulated', secretAccessKey: 'simulated' },
        signer: { sign: async <T>(request: T): Promise<T> => request },
        requestHandler: world.kms.requestHandler({ account, region, requestTimeoutMs: REQUEST_MS_MAX }),
      });
    made.set(id, client);
    return client;
  };
};
