import type { Batch } from '../../../core/batch/batch.ts';
import { addedUp, type CryptoTally } from '../../../core/batch/crypto-tally.ts';
import type { KeyRecord } from '../../../core/batch/record.ts';
import type { KmsFailure } from '../../../core/key/failure.ts';
import { keyName, type Nature } from '../../../core/key/key.ts';
import { proofText } from '../../../core/proof/text.ts';
import type { Region } from '../../../core/region.ts';
import type { Runtime } from '../runtime.ts';
import { within } from '../within.ts';
import type { RunFile } from './run-file.ts';

/** Applications do not wait longer than this for KMS, so neither does the drill: what takes longer counts as failed. */
const CALL_MS_MAX = 3_000;

/** Whether a run makes such calls at all: in a drill, and where the fleet file lets its keys be used for proofs. */
export const drillProbes = ({ request, fleet }: Pick<RunFile, 'request' | 'fleet'>): boolean =>
  request.operation === 'drill' && fleet.proof !== 'none';

/** Every call that a drill's batches have counted; undefined for other runs, which make none. */
export const cryptoOf = ({ request }: Pick<RunFile, 'request'>, batches: readonly Batch[]): CryptoTally | undefined =>
  request.operation === 'drill' ? addedUp(batches.flatMap(({ crypto }) => crypto ?? [])) : undefined;

/**
 * Uses keys in the drill's source and its target as applications would, while they move: symmetric keys encrypt on each side and
 * decrypt on the other, under the proof context; the others are asked by DryRun, or really sign where the fleet file wants signatures.
 * Takes twice `CALL_MS_MAX` at most, whatever KMS does.
 */
export const useKeys = async (runtime: Runtime, run: RunFile, records: readonly KeyRecord[]): Promise<CryptoTally> => {
  const { source, target } = run.request;
  const ways: ReadonlyArray<readonly [Region, Region]> = [
    [source, target],
    [target, source],
  ];
  const tallies = await Promise.all(
    records.flatMap((record) => ways.map(([here, there]) => used(runtime, record, here, there, run.fleet.proof === 'signatures'))),
  );
  return addedUp(tallies);
};

/** How often, and on how many keys at once, while calls are sent and while nothing moves. */
const TURN_MS = 1_000;
const KEYS_A_TURN = 2;

/** Some of the keys, others at each turn. */
export const inTurn = <K>(keys: readonly K[], turn: number, count: number = KEYS_A_TURN): readonly K[] =>
  keys.length <= count ? keys : Array.from({ length: count }, (_, index) => keys[(turn * count + index) % keys.length] as K);

/** Uses the keys in turn for as long as the work takes, and a call's time longer at most. */
export const useKeysWhile = async (
  runtime: Runtime,
  run: RunFile,
  records: readonly KeyRecord[],
  work: Promise<unknown>,
): Promise<CryptoTally> => {
  let isGoing = drillProbes(run);
  const ended = work.finally(() => {
    isGoing = false;
  });
  const tallies: CryptoTally[] = [];
  for (let turn = 0; isGoing; turn += 1) {
    tallies.push(await useKeys(runtime, run, inTurn(records, turn)));
    await Promise.race([ended, runtime.clock.sleep(TURN_MS)]);
  }
  return addedUp(tallies);
};

const used = async (runtime: Runtime, record: KeyRecord, here: Region, there: Region, signatures: boolean): Promise<CryptoTally> => {
  const { account, keyId, usage, spec, algorithms = [] } = record;
  if (usage === undefined || spec === undefined) return addedUp([]);
  if (spec === 'SYMMETRIC_DEFAULT') return encryptedAndDecrypted(runtime, record, here, there);
  const nature: Nature = { usage, spec, algorithms };
  const key = { account, keyId, region: here };
  const answer = signatures
    ? await inTime(runtime, runtime.kms.signAndVerify(key, nature))
    : await inTime(runtime, runtime.kms.rehearse(key, nature));
  return counted(here, answer);
};

const encryptedAndDecrypted = async (runtime: Runtime, record: KeyRecord, here: Region, there: Region): Promise<CryptoTally> => {
  const { account, keyId } = record;
  const made = await inTime(runtime, runtime.kms.encrypt({ account, keyId, region: here }, proofText(record)));
  if (made === 'no answer' || made.kind === 'failure') return counted(here, made);
  const read = await inTime(runtime, runtime.kms.decrypt({ account, keyId, region: there }, made.ciphertext));
  const wrong = read !== 'no answer' && read.kind === 'plaintext' && read.plaintext !== proofText(record);
  const decrypted: CryptoTally = wrong
    ? { calls: 1, failed: 1, examples: [`${there}: ${keyName(record)} decrypts to another text`] }
    : counted(there, read);
  return addedUp([counted(here, made), decrypted]);
};

type Answer = KmsFailure | { readonly kind: 'ciphertext' | 'plaintext' | 'allowed' | 'valid' } | 'no answer';

const counted = (region: Region, answer: Answer): CryptoTally => {
  if (answer === 'no answer') return { calls: 1, failed: 1, examples: [`${region}: no answer within ${CALL_MS_MAX / 1000} s`] };
  if (answer.kind !== 'failure') return { calls: 1, failed: 0, examples: [] };
  return { calls: 1, failed: 1, examples: [`${region}: ${answer.errorName} ${answer.message}`] };
};

const inTime = <T>(runtime: Runtime, call: Promise<T>): Promise<T | 'no answer'> => within(runtime.clock, CALL_MS_MAX, call, 'no answer');
