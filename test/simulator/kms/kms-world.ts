import { KMS } from '@aws-sdk/client-kms';
import { HttpResponse } from '@smithy/core/protocols';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import type { KmsFault } from '../../../simulator/faults/kms-fault.ts';
import type { Authorization } from '../../../simulator/kms/authorization/authorization.ts';
import { KmsSimulator } from '../../../simulator/kms/kms-simulator.ts';
import type { KeySeed } from '../../../simulator/kms/seeding.ts';
import type { Temperament } from '../../../simulator/kms/temperament.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';

export const ACCOUNT = '111111111111';
export const OTHER_ACCOUNT = '222222222222';
export const SOURCE = 'us-east-1';
export const TARGET = 'us-west-2';
export const THIRD = 'eu-west-1';
export const STARTS_AT = Date.UTC(2026, 0, 1);

const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };

/** The SDK reads its shared configuration files at the first call of a process: in real time, so before any virtual clock runs. */
process.env.AWS_CONFIG_FILE = '/dev/null';
process.env.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
const warmedUp = new KMS({
  region: SOURCE,
  credentials,
  maxAttempts: 1,
  requestHandler: { handle: async () => ({ response: new HttpResponse({ statusCode: 200, body: Buffer.from('{}') }) }) },
});
await warmedUp.listKeys({});

export interface WorldOptions {
  readonly seed?: string | number;
  readonly unkindness?: 'unkind' | 'kind';
  readonly makeFaults?: (clock: VirtualClock, random: Seeded) => readonly KmsFault[];
  readonly requestTimeoutMs?: number;
  readonly authorization?: Authorization;
}

/** One simulated KMS with its clock, and real SDK clients in every Region. A kind one unless told otherwise. */
export class KmsWorld {
  readonly clock = new VirtualClock(STARTS_AT);
  readonly kms: KmsSimulator;
  readonly #requestTimeoutMs: number;
  readonly #clients = new Map<string, KMS>();

  constructor({ seed = 1, unkindness = 'kind', makeFaults = () => [], requestTimeoutMs = 3_000, authorization }: WorldOptions = {}) {
    const random = new Seeded(seed);
    this.#requestTimeoutMs = requestTimeoutMs;
    this.kms = new KmsSimulator({
      clock: this.clock,
      random,
      accounts: [ACCOUNT, OTHER_ACCOUNT],
      regions: [SOURCE, TARGET, THIRD],
      unkindness,
      faults: makeFaults(this.clock, random),
      ...(authorization === undefined ? {} : { authorization }),
    });
  }

  /** A client of the Region; always the same one. */
  at(region: string, account = ACCOUNT): KMS {
    const id = `${account}/${region}`;
    const { kms } = this;
    const made = () =>
      new KMS({
        region,
        credentials,
        maxAttempts: 1,
        requestHandler: kms.requestHandler({ account, region, requestTimeoutMs: this.#requestTimeoutMs }),
      });
    const client = this.#clients.get(id) ?? made();
    this.#clients.set(id, client);
    return client;
  }

  /** A symmetric key with its primary in the source and one replica in the target, unless told otherwise. */
  key(seed: Partial<KeySeed> = {}): string {
    return this.kms.seedKey({
      account: ACCOUNT,
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      primary: SOURCE,
      replicas: [TARGET],
      ...seed,
    });
  }

  /** Lets time pass until the calls have ended. */
  run<T>(story: Promise<T>): Promise<T> {
    return this.clock.run(story);
  }

  /** Lets this much time pass. */
  pass(ms: number): Promise<void> {
    return this.clock.run(this.clock.sleep(ms));
  }

  promote(keyId: string, from = SOURCE, to = TARGET) {
    return this.run(this.at(from).updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: to }));
  }

  truthOf(keyId: string) {
    const truth = this.kms.truth().keys.find((key) => key.keyId === keyId);
    if (truth === undefined) throw new Error(`The world has no key ${keyId}.`);
    return truth;
  }
}

export const arnOf = (keyId: string, region: string, account = ACCOUNT): string => `arn:aws:kms:${region}:${account}:key/${keyId}`;

/** The first of the seeds 1 to 200 whose temperament is as wanted; a world for each answer that the seed may choose. */
export const seedWhere = (wanted: (temperament: Temperament) => boolean, unkindness: 'unkind' | 'kind' = 'kind'): number => {
  for (let seed = 1; seed <= 200; seed += 1) if (wanted(new KmsWorld({ seed, unkindness }).kms.temperament)) return seed;
  throw new Error('None of the seeds 1 to 200 has the temperament that the test needs.');
};
