import type { TimerClock } from '../clock/timer-clock.ts';
import type { KmsFault } from '../faults/kms-fault.ts';
import type { Seeded } from '../random/seeded.ts';
import type { Authorization } from './authorization/authorization.ts';
import { type Caller, callerNamedByNobody, readCaller } from './authorization/caller.ts';
import type { PolicyText } from './authorization/policy-document.ts';
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
import { type UnkindnessName, unkindnessOf } from './unkindness.ts';
import type { AcceptedPromotion, World } from './world.ts';

/** What a simulated KMS is made of; without `unkindness` it is as unkind as it gets. */
interface KmsSimulatorOptions {
  readonly clock: TimerClock;
  readonly random: Seeded;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly unkindness?: UnkindnessName;
  readonly faults?: readonly KmsFault[];
  /** Who may do what, by policies and grants (`loadAuthorization`). Without it everybody may do everything that is not denied by `deny`. */
  readonly authorization?: Authorization;
}

/** One related key with its tags. */
export interface TagsOfKey {
  readonly keyId: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where a client stands, and how long it waits for an answer. */
export interface HandlerOptions {
  readonly account: string;
  readonly region: string;
  readonly requestTimeoutMs: number;
  /** Who calls: the ARN of a role, of a role's session, of a user or of the root of this account. A nameless role's session unless given. */
  readonly principal?: string;
}

const callerOf = ({ account, principal }: Pick<HandlerOptions, 'account' | 'principal'>): Caller => {
  const caller = principal === undefined ? callerNamedByNobody(account) : readCaller(principal);
  if (caller.account === account) return caller;
  throw new RangeError(`Expected a principal of account ${account}, whose credentials these are, got ${caller.arn}.`);
};

/**
 * The KMS of all Regions of one world, in process: multi-Region keys, the API's answers to the letter, real cryptography,
 * quotas, latency, staleness. Runs on a virtual clock and draws from a seed, so that the same seed gives the same world.
 */
export class KmsSimulator {
  /** Every record that CloudTrail has of promotions and of new replicas, oldest first. */
  readonly trail: readonly CloudTrailRecord[];
  /** How this world's KMS answers where AWS's own answer is not known. */
  readonly temperament: Temperament;
  readonly #backstage: Backstage;
  readonly #backdoor: Backdoor;
  readonly #listeners: Array<(promotion: AcceptedPromotion) => void> = [];

  constructor({ clock, random, accounts, regions, unkindness = 'unkind', faults = [], authorization }: KmsSimulatorOptions) {
    const trail: CloudTrailRecord[] = [];
    const temperament = drawTemperament(random.stream('temperament'), unkindness === 'kind');
    const panel = new FaultPanel(faults);
    const world: World = {
      clock,
      ring: new KeyRing(accounts, regions),
      secret: random.stream('key material').hex(64),
      temperament,
      unkindness: unkindnessOf(unkindness, random),
      faults: panel,
      hotKeys: new HotKeys(temperament.hotKeyCallsMax),
      hotSwitches: new HotKeys(temperament.hotSwitchCallsMax),
      authorization,
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

  /** @returns what a KMSClient of this account and Region takes as `requestHandler`. @throws RangeError for an account or Region the world does not have, and for a principal of another account */
  requestHandler(options: HandlerOptions): KmsRequestHandler {
    return requestHandlerFor(this.endpoint(options), options.requestTimeoutMs);
  }

  /** One Region's endpoint as one caller uses it, for whoever carries requests there. @throws RangeError as `requestHandler` does */
  endpoint(options: Omit<HandlerOptions, 'requestTimeoutMs'>): Endpoint {
    const { account, region } = options;
    this.#backstage.world.ring.shelf(account, region);
    return new Endpoint(this.#backstage, callerOf(options), region);
  }

  /** Puts other faults in place of those so far. What they have begun (a late call, a half-done change) goes on. */
  replaceFaults(faults: readonly KmsFault[]): void {
    this.#backstage.world.faults.replace(faults);
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

  /**
   * The tags that the keys of one account and Region had at a moment of the last minutes, in the order of their IDs: for what keeps
   * an index of them beside KMS. @param after only keys whose ID comes after this one
   */
  *tagsAt(account: string, region: string, momentMs: number, after: string): Generator<TagsOfKey> {
    const { keys } = this.#backstage.world.ring.shelf(account, region);
    for (const keyId of keys.names()) {
      const key = keyId > after ? keys.get(keyId) : undefined;
      const view = key?.viewAt(momentMs);
      if (key !== undefined && view !== undefined) yield { keyId, arn: key.arn, tags: view.tags };
    }
  }

  counts(): KmsCounts {
    return this.#backstage.counters.read(this.#backstage.world.faults.struck());
  }

  /** Denies operations on one related key from now on, in place of those denied so far; an empty list lifts the denial. */
  deny(account: string, keyId: string, region: string, operations: readonly OperationName[]): void {
    this.#backdoor.deny(account, keyId, region, operations);
  }

  /** Gives one related key another key policy from now on: JSON text, or what becomes it. */
  setKeyPolicy(account: string, keyId: string, region: string, policy: PolicyText): void {
    this.#backdoor.setPolicy(account, keyId, region, typeof policy === 'string' ? policy : JSON.stringify(policy));
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
