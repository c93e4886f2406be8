import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { KmsFault } from '../faults/kms-fault.ts';
import type { Seeded } from '../random/seeded.ts';
import type { CloudTrailRecord } from './cloud-trail.ts';
import { Counters, type KmsCounts } from './counters.ts';
import { type Backstage, Endpoint } from './endpoint.ts';
import { FaultPanel } from './fault-panel.ts';
import { KeyRing } from './keys/key-ring.ts';
import type { KeyState } from './keys/regional-view.ts';
import { HotKeys } from './limits/hot-keys.ts';
import { QuotaGate } from './limits/quota-gate.ts';
import type { OperationName } from './operation-name.ts';
import { type KmsRequestHandler, requestHandlerFor } from './request-handler.ts';
import { Backdoor, type KeySeed, plantKey } from './seeding.ts';
import { drawTemperament, type Temperament } from './temperament.ts';
import { type KmsTruth, truthOf } from './truth.ts';
import { kind, unkind } from './unkindness.ts';
import type { AcceptedPromotion, World } from './world.ts';

export interface KmsSimulatorOptions {
  readonly clock: VirtualClock;
  readonly random: Seeded;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** `kind`: no latency, no stale reads, settling in exactly 1 s, wide quotas. For unit tests of what calls KMS. */
  readonly unkindness?: 'unkind' | 'kind';
  readonly faults?: readonly KmsFault[];
}

/** Where a client stands, and how long it waits for an answer. */
export interface HandlerOptions {
  readonly account: string;
  readonly region: string;
  readonly requestTimeoutMs: number;
}

/**
 * The KMS of all Regions of one world, in process: multi-Region keys, the API's answers to the letter, real cryptography,
 * quotas, latency, staleness. Runs on a virtual clock and draws from a seed, so that the same seed gives the same world.
 */
export class KmsSimulator {
  /** Every record that CloudTrail has of promotions, oldest first. */
  readonly trail: readonly CloudTrailRecord[];
  /** How this world's KMS answers where AWS's own answer is not known. */
  readonly temperament: Temperament;
  readonly #backstage: Backstage;
  readonly #backdoor: Backdoor;
  readonly #listeners: Array<(promotion: AcceptedPromotion) => void> = [];

  constructor({ clock, random, accounts, regions, unkindness = 'unkind', faults = [] }: KmsSimulatorOptions) {
    const trail: CloudTrailRecord[] = [];
    const temperament = drawTemperament(random.stream('temperament'), unkindness === 'kind');
    const panel = new FaultPanel(faults);
    const world: World = {
      clock,
      ring: new KeyRing(accounts, regions),
      secret: random.stream('key material').hex(64),
      temperament,
      unkindness: unkindness === 'kind' ? kind : unkind(random),
      faults: panel,
      hotKeys: new HotKeys(temperament.hotKeyCallsMax),
      trail,
      keyIds: random.stream('key IDs'),
      ivs: random.stream('initialisation vectors'),
      accepted: (promotion) => {
        panel.promotionAccepted();
        for (const listener of this.#listeners) listener(promotion);
      },
    };
    let requests = 0;
    const nextRequestId = () => {
      requests += 1;
      return `00000000-0000-4000-8000-${requests.toString(16).padStart(12, '0')}`;
    };
    this.trail = trail;
    this.temperament = temperament;
    this.#backstage = { world, counters: new Counters(), quotas: new QuotaGate(temperament), nextRequestId };
    this.#backdoor = new Backdoor(world.ring, () => clock.now());
  }

  /** @returns what a KMSClient of this account and Region takes as `requestHandler`. @throws RangeError for an account or Region the world does not have */
  requestHandler({ account, region, requestTimeoutMs }: HandlerOptions): KmsRequestHandler {
    this.#backstage.world.ring.shelf(account, region);
    return requestHandlerFor(new Endpoint(this.#backstage, account, region), requestTimeoutMs);
  }

  /** Puts a key in place, ready and settled, without a call. @returns its key ID. @throws RangeError for a key that KMS could not have */
  seedKey(seed: KeySeed): string {
    const { world } = this.#backstage;
    const keyId = plantKey(world, seed);
    world.faults.keySeeded({ account: seed.account, keyId, primary: seed.primary, replicas: seed.replicas }, this.#backdoor);
    return keyId;
  }

  /** Every key as it truly is, without delay or doubt. */
  truth(): KmsTruth {
    return truthOf(this.#backstage.world.ring.keys());
  }

  counts(): KmsCounts {
    return this.#backstage.counters.read(this.#backstage.world.faults.struck());
  }

  /** Denies operations on one related key from now on, in place of those denied so far; an empty list lifts the denial. */
  deny(account: string, keyId: string, region: string, operations: readonly OperationName[]): void {
    this.#backdoor.deny(account, keyId, region, operations);
  }

  /** Puts one related key into a state from now on, whatever state it is in. */
  setState(account: string, keyId: string, region: string, state: KeyState): void {
    this.#backdoor.setState(account, keyId, region, state);
  }

  /** Calls `listener` at each promotion, at the moment it is accepted. */
  onAccepted(listener: (promotion: AcceptedPromotion) => void): void {
    this.#listeners.push(listener);
  }
}
