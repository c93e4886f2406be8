import type { KMS } from '@aws-sdk/client-kms';
import type { Case, Place } from './case.ts';
import { callByName } from './client-call.ts';
import type { Answer, Laboratory, Scene } from './laboratory.ts';
import { type Ground, type KeyPlace, RUN_TAG, ThrowawayKey } from './throwaway-key.ts';

/** What goes away by itself, the throttling of a single key within a minute or two. */
const PASSING: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'NotFoundException',
  'KMSInternalException',
  'DependencyTimeoutException',
]);
const TRIES_MAX = 24;
const PAUSE_MS = 5_000;

/** What leaves a key as it was. */
const HARMLESS = /^(Describe|Get|List|Encrypt|Decrypt|ReEncrypt|GenerateDataKey)/;

interface AwsLaboratoryOptions {
  /** A client of one Region, with credentials. */
  readonly clientOf: (region: string) => KMS;
  readonly regions: Readonly<Record<Place, string>>;
  /** Names the run in the keys' tag and in the alias that cases make. */
  readonly run: string;
  readonly sleep: (ms: number) => Promise<void>;
}

const AT_REST = JSON.stringify({});

const isKeyPlace = (at: string): at is KeyPlace => at === 'primary' || at === 'replica';

/** The table against KMS itself, or whatever answers in its place: two keys made for the run, one at a time used by each case. */
export class AwsLaboratory implements Laboratory {
  readonly isReal = true;
  readonly #options: AwsLaboratoryOptions;
  readonly #clients: Readonly<Record<Place, KMS>>;
  readonly #keys: ThrowawayKey[] = [];
  readonly #ground: Ground;
  /** How the last case left its key: in which states, and whether anything else may have changed. */
  #left: { key: ThrowawayKey; states: string; isChanged: boolean } | undefined;

  constructor(options: AwsLaboratoryOptions) {
    const { clientOf, regions, run, sleep } = options;
    this.#options = options;
    this.#clients = { primary: clientOf(regions.primary), replica: clientOf(regions.replica), third: clientOf(regions.third) };
    this.#ground = {
      regions,
      run,
      sleep,
      send: (at, operation, input) => this.#sendPatiently(at, operation, input),
      attempt: (at, operation, input) => callByName(this.#clients[at], operation, input),
    };
  }

  /** Makes the two keys. Whatever happens, `close` knows of those that were made. */
  async open(): Promise<void> {
    for (const isImported of [false, true]) {
      const key = await ThrowawayKey.create(this.#ground, isImported);
      this.#keys.push(key);
      await key.complete();
    }
  }

  /** Schedules the deletion of the keys. @returns Region and ID of those for which KMS refused it */
  async close(): Promise<readonly string[]> {
    const left: string[] = [];
    for (const key of this.#keys) left.push(...(await key.discard()));
    return left;
  }

  /** The keys that were made so far, by Region and ID. */
  made(): readonly string[] {
    return this.#keys.flatMap((key) => [key.arnAt('primary'), key.arnAt('replica')]);
  }

  cannot({ key, notOnAws }: Case): string | undefined {
    if (notOnAws !== undefined) return notOnAws;
    return key === 'symmetric' || key === 'imported' ? undefined : `it needs a third key, of the kind '${key}'`;
  }

  doubt(): void {
    if (this.#left !== undefined) this.#left.isChanged = true;
  }

  async enter(row: Case): Promise<Scene> {
    const key = this.#keys.find(({ isImported }) => isImported === (row.key === 'imported'));
    if (key === undefined) throw new Error('Expected the laboratory to be open before the first case.');
    const states = JSON.stringify(row.states ?? {});
    const isThere = await this.#isThere(key, states, row);
    const left = { key, states: isThere ? states : AT_REST, isChanged: false };
    this.#left = left;
    const { regions, run, sleep } = this.#options;
    const { Arn } = await key.describe('primary');
    const account = Arn.split(':')[4] ?? '';
    const arns = Object.entries(regions).map(([at, region]) => [at, `arn:aws:kms:${region}:${account}:key/${key.keyId}`]);
    return {
      values: {
        account,
        alias: `alias/${RUN_TAG}-${run}`,
        keyId: key.keyId,
        material: key.material,
        ...Object.fromEntries(arns),
        ...Object.fromEntries(Object.entries(regions).map(([at, region]) => [`${at}Region`, region])),
      },
      bringAbout: async (wanted) => {
        if (isThere) return;
        left.states = states;
        for (const [at, state] of Object.entries(wanted)) if (isKeyPlace(at)) await key.bringAbout(at, state);
      },
      lasts: async (wanted) => {
        const found = await Promise.all(
          Object.entries(wanted).map(async ([at, state]) => !isKeyPlace(at) || (await key.describe(at)).KeyState === state),
        );
        return found.every((isSo) => isSo);
      },
      send: async (at, operation, input, asStranger) => {
        if (asStranger) throw new Error('A case that needs a second account cannot be run here.');
        const answer = await callByName(this.#clients[at], operation, input);
        if (!('refused' in answer || HARMLESS.test(operation))) left.isChanged = true;
        return answer;
      },
      pass: sleep,
      trail: () => [],
    };
  }

  /**
   * Puts the key at rest that the case before has used, unless it is just as this case wants it: what KMS refuses leaves it so.
   * @returns whether the states of the case are there already
   */
  async #isThere(key: ThrowawayKey, states: string, row: Case): Promise<boolean> {
    const left = this.#left;
    if (left === undefined) return states === AT_REST;
    const isSame = left.key === key && left.states === states && !left.isChanged;
    if (isSame && (states === AT_REST || (row.before === undefined && !states.includes('Updating')))) return true;
    if (left.isChanged || left.states !== AT_REST) await left.key.restore();
    return states === AT_REST;
  }

  /**
   * The lab's own calls wait when they are throttled, which KMS does first to those who change the state of one key again and
   * again, and when what was made just now is not known everywhere yet.
   */
  async #sendPatiently(at: Place, operation: string, input: Readonly<Record<string, unknown>>): Promise<Answer> {
    let answer = await callByName(this.#clients[at], operation, input);
    for (let tries = 0; 'refused' in answer && PASSING.has(answer.refused) && tries < TRIES_MAX; tries += 1) {
      await this.#options.sleep(PAUSE_MS);
      answer = await callByName(this.#clients[at], operation, input);
    }
    return answer;
  }
}
