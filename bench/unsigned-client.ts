import { KMSClient } from '@aws-sdk/client-kms';
import type { World } from '../simulator/world/world.ts';

const signer = { sign: async <T>(request: T): Promise<T> => request };
const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };
const TIMEOUT_MS = 60_000;

/** An ordinary client of the simulated KMS. It signs nothing, which nobody checks, and sends once. */
export const unsignedClient = (world: World, place: { readonly account: string; readonly region: string }): KMSClient =>
  new KMSClient({
    region: place.region,
    maxAttempts: 1,
    credentials,
    signer,
    requestHandler: world.kms.requestHandler({ ...place, requestTimeoutMs: TIMEOUT_MS }),
  });
