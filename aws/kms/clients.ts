import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms';
import { PROMOTE_CALL_MS_MAX, READ_CALL_MS_MAX } from '../../core/limits.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { AccountId, Region } from '../../core/region.ts';
import { ReadRetry } from './read-retry.ts';

/** One account's KMS in one Region. */
export interface Place {
  readonly account: AccountId;
  readonly region: Region;
}

interface KmsClientsOptions {
  /** What differs between AWS and the simulator: how a request travels, in which time limit, and who signs it. */
  readonly connection: (place: Place, requestTimeoutMs: number) => Pick<KMSClientConfig, 'requestHandler' | 'credentials' | 'signer'>;
  /** Under which name the clients act. When it changes, new ones are made: credentials are had under one name. */
  readonly session?: () => string;
  readonly clock: Clock;
  readonly random: Random;
}

/** The KMS clients of one function instance, two for each account and Region, made when first needed. */
export interface KmsClients {
  /** One attempt: for UpdatePrimaryRegion, since a lost reply must not be retried blindly, and for probes. */
  single(place: Place): KMSClient;
  /** For everything else: two attempts. */
  reading(place: Place): KMSClient;
}

export const createKmsClients = ({ connection, session = () => '', clock, random }: KmsClientsOptions): KmsClients => {
  const made = new Map<string, KMSClient>();
  let madeFor = session();
  const once = (id: string, make: () => KMSClient): KMSClient => {
    if (session() !== madeFor) {
      made.clear();
      madeFor = session();
    }
    const client = made.get(id) ?? make();
    made.set(id, client);
    return client;
  };
  return {
    single: (place) =>
      once(`single/${place.account}/${place.region}`, () => {
        return new KMSClient({ region: place.region, maxAttempts: 1, ...connection(place, PROMOTE_CALL_MS_MAX) });
      }),
    reading: (place) =>
      once(`reading/${place.account}/${place.region}`, () => {
        const retryStrategy = new ReadRetry(clock, random);
        return new KMSClient({ region: place.region, retryStrategy, ...connection(place, READ_CALL_MS_MAX) });
      }),
  };
};
