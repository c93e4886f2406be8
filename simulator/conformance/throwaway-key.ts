import type { Place } from './case.ts';
import { acceptedBy, importMaterial } from './import-material.ts';
import type { Answer } from './laboratory.ts';

export type KeyPlace = Exclude<Place, 'third'>;

/** Replica first: a primary's own window begins when its last replica is gone. */
const PLACES: readonly KeyPlace[] = ['replica', 'primary'];

/** The tag by which the keys of a run are found again should the run not be able to delete them. */
export const RUN_TAG = 'mrk-failover-conformance';

const STEP_MS = 2_000;
const STEPS_MAX = 150;
const WINDOW_DAYS = 7;

/**
 * Reads may show what was before the last change, usually for less than a few seconds, so that a key is taken to be at rest
 * when it looks so more than once. https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html#programming-eventual-consistency
 */
const LAG_MS = 4_000;
const LOOKS_HOME = 2;

type Send = (at: Place, operation: string, input: Readonly<Record<string, unknown>>) => Promise<Answer>;

/** How a throwaway key reaches KMS and waits. */
export interface Ground {
  /** Waits where the answer says no more than that it is too early. */
  readonly send: Send;
  /** Sends once. */
  readonly attempt: Send;
  readonly regions: Readonly<Record<Place, string>>;
  readonly run: string;
  sleep(ms: number): Promise<void>;
}

interface Metadata {
  readonly Arn: string;
  readonly KeyState: string;
  readonly Description: string;
  readonly MultiRegionConfiguration: { readonly MultiRegionKeyType: string };
}

const fieldsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map((item) => Object.fromEntries(Object.entries(item))) : [];

/** A multi-Region key with one replica that the run made for itself, and gets rid of. */
export class ThrowawayKey {
  readonly keyId: string;
  readonly isImported: boolean;
  readonly material: Uint8Array;
  readonly #ground: Ground;

  private constructor(keyId: string, isImported: boolean, ground: Ground) {
    this.keyId = keyId;
    this.isImported = isImported;
    this.material = crypto.getRandomValues(new Uint8Array(32));
    this.#ground = ground;
  }

  /** Makes the primary only, so that whoever asked knows of the key before anything else can fail. */
  static async create(ground: Ground, isImported: boolean): Promise<ThrowawayKey> {
    const made = acceptedBy(
      await ground.send('primary', 'CreateKey', {
        MultiRegion: true,
        Origin: isImported ? 'EXTERNAL' : 'AWS_KMS',
        Tags: [{ TagKey: RUN_TAG, TagValue: ground.run }],
      }),
      'Making a key',
    );
    const { KeyId } = made.KeyMetadata as { readonly KeyId: string };
    return new ThrowawayKey(KeyId, isImported, ground);
  }

  /** Gives the key its material and its replica. */
  async complete(): Promise<void> {
    if (this.isImported) await this.#import('primary');
    await this.#do('primary', 'ReplicateKey', { ReplicaRegion: this.#ground.regions.replica });
    await this.restore();
  }

  async describe(at: KeyPlace): Promise<Metadata> {
    const { KeyMetadata } = await this.#do(at, 'DescribeKey');
    return KeyMetadata as Metadata;
  }

  async bringAbout(at: KeyPlace, state: string): Promise<void> {
    if (state === 'Updating') {
      // There and back, so that the key that is Updating is the primary.
      await this.#promote('primary', 'replica');
      await this.#untilAtRest();
      await this.#promote('replica', 'primary');
      return;
    }
    if (state === 'Disabled') await this.#do(at, 'DisableKey');
    else if (state === 'PendingImport') await this.#do(at, 'DeleteImportedKeyMaterial');
    else await this.#do(at, 'ScheduleKeyDeletion', { PendingWindowInDays: WINDOW_DAYS });
    await this.#untilItIs(async () => (await this.describe(at)).KeyState === state, `${state} in ${this.#ground.regions[at]}`);
    await this.#ground.sleep(LAG_MS);
  }

  /** Both keys Enabled, the primary where it was made, and without what cases have left on them. */
  async restore(): Promise<void> {
    await this.#ground.sleep(LAG_MS);
    let looksHome = 0;
    const isHome = async () => {
      looksHome = (await this.#oneStepHome()) ? looksHome + 1 : 0;
      return looksHome === LOOKS_HOME;
    };
    await this.#untilItIs(isHome, 'Enabled in both Regions, with the primary where it was made');
    for (const at of PLACES) await this.#tidy(at);
  }

  /** Schedules the deletion in both Regions. @returns the ARNs that could not be scheduled */
  async discard(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const at of PLACES) if (!(await this.#discardAt(at))) left.push(this.arnAt(at));
    return left;
  }

  arnAt(at: KeyPlace): string {
    return `${this.#ground.regions[at]}/${this.keyId}`;
  }

  async #discardAt(at: KeyPlace): Promise<boolean> {
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const answer = await this.#attempt(at, 'ScheduleKeyDeletion', { PendingWindowInDays: WINDOW_DAYS });
      if ('accepted' in answer || answer.message.includes('pending')) return true;
      if (!/updating|creating|Throttling|Internal|NotFound/i.test(`${answer.refused} ${answer.message}`)) return false;
      await this.#ground.sleep(STEP_MS);
    }
    return false;
  }

  async #oneStepHome(): Promise<boolean> {
    const metadata = { primary: await this.describe('primary'), replica: await this.describe('replica') };
    for (const at of PLACES) {
      const { KeyState } = metadata[at];
      if (KeyState === 'Updating' || KeyState === 'Creating') return false;
      if (KeyState.startsWith('Pending') && KeyState !== 'PendingImport') await this.#attempt(at, 'CancelKeyDeletion');
      else if (KeyState === 'Disabled') await this.#attempt(at, 'EnableKey');
      else if (KeyState === 'PendingImport') await this.#import(at);
      if (KeyState !== 'Enabled') return false;
    }
    if (metadata.replica.MultiRegionConfiguration.MultiRegionKeyType !== 'PRIMARY') return true;
    await this.#attempt('replica', 'UpdatePrimaryRegion', { PrimaryRegion: this.#ground.regions.primary });
    return false;
  }

  async #tidy(at: KeyPlace): Promise<void> {
    const list = async (operation: string, field: string) => fieldsOf((await this.#do(at, operation))[field]);
    for (const { AliasName } of await list('ListAliases', 'Aliases')) await this.#ground.attempt(at, 'DeleteAlias', { AliasName });
    for (const { GrantId } of await list('ListGrants', 'Grants')) await this.#attempt(at, 'RevokeGrant', { GrantId });
    const tags = (await list('ListResourceTags', 'Tags')).map(({ TagKey }) => TagKey).filter((name) => name !== RUN_TAG);
    if (tags.length > 0) await this.#attempt(at, 'UntagResource', { TagKeys: tags });
    if ((await this.describe(at)).Description !== '') await this.#attempt(at, 'UpdateKeyDescription', { Description: '' });
    if (at === 'primary' && !this.isImported) {
      const { KeyRotationEnabled } = await this.#do(at, 'GetKeyRotationStatus');
      if (KeyRotationEnabled === true) await this.#attempt(at, 'DisableKeyRotation');
    }
  }

  async #promote(from: KeyPlace, to: KeyPlace): Promise<void> {
    await this.#do(from, 'UpdatePrimaryRegion', { PrimaryRegion: this.#ground.regions[to] });
  }

  async #import(at: KeyPlace): Promise<void> {
    await importMaterial((operation, input) => this.#ground.send(at, operation, input), this.keyId, this.material);
  }

  #untilAtRest(): Promise<void> {
    return this.#untilItIs(async () => {
      const states = [await this.describe('primary'), await this.describe('replica')].map(({ KeyState }) => KeyState);
      return states.every((state) => state === 'Enabled');
    }, 'Enabled in both Regions');
  }

  async #untilItIs(isSo: () => Promise<boolean>, what: string): Promise<void> {
    for (let step = 0; step < STEPS_MAX; step += 1) {
      if (await isSo()) return;
      await this.#ground.sleep(STEP_MS);
    }
    throw new Error(`Expected key ${this.keyId} to be ${what} after ${(STEPS_MAX * STEP_MS) / 1_000} s, but it is not.`);
  }

  async #do(at: Place, operation: string, input: Readonly<Record<string, unknown>> = {}): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.#ground.send(at, operation, { KeyId: this.keyId, ...input });
    return acceptedBy(answer, `${operation} on ${this.keyId} in ${this.#ground.regions[at]}`);
  }

  /** For what a stale read may have asked for in vain: whether it is done is seen by reading again. */
  #attempt(at: Place, operation: string, input: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.#ground.attempt(at, operation, { KeyId: this.keyId, ...input });
  }
}
