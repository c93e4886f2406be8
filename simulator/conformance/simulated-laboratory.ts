import type { VirtualClock } from '../clock/virtual-clock.ts';
import { type ActionFactsTable, readActionFacts } from '../kms/authorization/action-facts.ts';
import { Authorization } from '../kms/authorization/authorization.ts';
import { keyArn } from '../kms/keys/arn.ts';
import { KmsSimulator } from '../kms/kms-simulator.ts';
import { drawTemperament, type Temperament } from '../kms/temperament.ts';
import { Seeded } from '../random/seeded.ts';
import { warmUpSdk } from '../world/warm-up.ts';
import type { Case, Place } from './case.ts';
import { callByName } from './client-call.ts';
import { acceptedBy, importMaterial } from './import-material.ts';
import { KINDS_OF_KEY } from './key-kinds.ts';
import type { Laboratory, Scene } from './laboratory.ts';
import { SwitchedClients } from './switched-clients.ts';

const ACCOUNT = '111111111111';
const STRANGERS_ACCOUNT = '222222222222';
const REGIONS: Readonly<Record<Place, string>> = { primary: 'us-east-1', replica: 'us-west-2', third: 'eu-west-1' };
const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:role/conformance`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const STRANGER = `arn:aws:iam::${STRANGERS_ACCOUNT}:role/stranger`;
const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] };
const ALIAS = 'alias/conformance';
const MATERIAL = new Uint8Array(32).fill(7);
const SEEDS_MAX = 1_000;

/** The first seed whose kind world has this temperament. @throws RangeError when there is none */
const seedWith = (wanted: Partial<Temperament>): number => {
  for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
    const drawn: Readonly<Record<string, unknown>> = { ...drawTemperament(new Seeded(seed).stream('temperament'), true) };
    if (Object.entries(wanted).every(([name, value]) => drawn[name] === value)) return seed;
  }
  throw new RangeError(`Expected one of the seeds 1 to ${SEEDS_MAX} to have the temperament ${JSON.stringify(wanted)}, but none has.`);
};

/** A world of its own for each case, all on one clock. */
export class SimulatedLaboratory implements Laboratory {
  readonly isReal = false;
  readonly #clock: VirtualClock;
  readonly #facts: ActionFactsTable;
  readonly #clients = new SwitchedClients();

  private constructor(clock: VirtualClock, facts: ActionFactsTable) {
    this.#clock = clock;
    this.#facts = facts;
  }

  /** Reads what it needs from files: call it before the clock runs. */
  static async open(clock: VirtualClock): Promise<SimulatedLaboratory> {
    await warmUpSdk();
    return new SimulatedLaboratory(clock, await readActionFacts());
  }

  cannot(): undefined {
    return undefined;
  }

  doubt(): void {
    // Every case has a world of its own.
  }

  async enter(row: Case, temperament: Partial<Temperament>): Promise<Scene> {
    const clock = this.#clock;
    const authorization = row.policies === undefined ? undefined : new Authorization(this.#facts);
    authorization?.admit({ arn: PRINCIPAL, policies: row.policies?.identity ?? [] });
    authorization?.admit({ arn: STRANGER, policies: [EVERYTHING] });
    const kms = new KmsSimulator({
      clock,
      random: new Seeded(seedWith(temperament)),
      accounts: [ACCOUNT, STRANGERS_ACCOUNT],
      regions: Object.values(REGIONS),
      unkindness: 'kind',
      ...(authorization === undefined ? {} : { authorization }),
    });
    this.#clients.switchTo(kms);
    const keyId = await this.#makeKey(kms, row);
    for (const [at, policy] of Object.entries(row.policies?.keys ?? {})) kms.setKeyPolicy(ACCOUNT, keyId, REGIONS[at as Place], policy);

    return {
      values: {
        account: ACCOUNT,
        strangersAccount: STRANGERS_ACCOUNT,
        alias: ALIAS,
        material: MATERIAL,
        keyId,
        caller: `arn:aws:sts::${ACCOUNT}:assumed-role/conformance/session`,
        ...Object.fromEntries(
          Object.entries(REGIONS).flatMap(([at, region]) => [
            [at, keyArn(ACCOUNT, region, keyId)],
            [`${at}Region`, region],
          ]),
        ),
      },
      bringAbout: async (states) => {
        for (const [at, state] of Object.entries(states)) kms.setState(ACCOUNT, keyId, REGIONS[at as Place], state);
      },
      lasts: async () => true,
      send: (at, operation, input, asStranger) =>
        callByName(this.#clients.as(asStranger ? STRANGER : PRINCIPAL, REGIONS[at]), operation, input),
      pass: (ms) => clock.sleep(ms),
      trail: () => kms.trail,
    };
  }

  /** Keys of origin AWS_KMS are put in place; the others come to be as everywhere, by calls. */
  async #makeKey(kms: KmsSimulator, row: Case): Promise<string> {
    const { keySpec, keyUsage, multiRegion, origin, replicated } = KINDS_OF_KEY[row.key];
    if (origin === 'AWS_KMS') {
      const keyId = multiRegion ? {} : { keyId: '12345678-1234-1234-1234-123456789012' };
      const replicas = replicated ? [REGIONS.replica] : [];
      return kms.seedKey({ account: ACCOUNT, keySpec, keyUsage, primary: REGIONS.primary, replicas, ...keyId });
    }
    const send = (at: Place) => (operation: string, input: Readonly<Record<string, unknown>>) =>
      callByName(this.#clients.as(ROOT, REGIONS[at]), operation, input);
    const made = acceptedBy(await send('primary')('CreateKey', { MultiRegion: true, Origin: 'EXTERNAL' }), 'Making a key');
    const { KeyId } = made.KeyMetadata as { readonly KeyId: string };
    if (!replicated) return KeyId;
    await importMaterial(send('primary'), KeyId, MATERIAL);
    acceptedBy(await send('primary')('ReplicateKey', { KeyId, ReplicaRegion: REGIONS.replica }), 'Making a replica');
    await this.#clock.sleep(2_000);
    await importMaterial(send('replica'), KeyId, MATERIAL);
    return KeyId;
  }
}
