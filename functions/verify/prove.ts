import type { KeyRecord, Proof } from '../../core/batch/record.ts';
import type { KmsFailure } from '../../core/key/failure.ts';
import { proofText } from '../../core/proof/text.ts';
import type { Region } from '../../core/region.ts';
import type { Runtime } from '../frame/runtime.ts';
import { within } from '../frame/within.ts';

/** How long the Regions beside the target may take. */
const BESIDE_MS_MAX = 5_000;

/** What trying a key in one Region showed. */
type Trial = 'works' | 'wrong' | 'refused' | 'unusable' | 'unanswered';

export interface ProofResult {
  readonly proof: Proof;
  readonly provenIn: readonly Region[];
  readonly detail?: string;
}

/**
 * Proves that a key works in the target, and in every other Region of it that answers.
 * Symmetric keys decrypt what was encrypted before the move. Asymmetric keys show the public key that they showed before, and a
 * DryRun says that they may be used; MAC keys: the DryRun. With `signatures`, real signatures and MACs are made and checked as well.
 */
export const prove = async (runtime: Runtime, record: KeyRecord, target: Region, signatures: boolean): Promise<ProofResult> => {
  const askable = record.regions.filter((region) => !isKnownDark(record, region, target));
  const armed = await withFreshMaterial(
    runtime,
    record,
    askable.toSorted((a, b) => Number(a === target) - Number(b === target)),
  );
  const trials = await Promise.all(
    askable.map(async (region) => {
      const trying = trial(runtime, armed, region, signatures && region === target);
      return { region, ...(await (region === target ? trying : inTime(runtime, region, trying))) };
    }),
  );
  const inTarget = trials.find(({ region }) => region === target) ?? { result: 'unanswered' as const, detail: `${target} was not asked` };
  const provenIn = trials.filter(({ result }) => result === 'works').map(({ region }) => region);
  const bad = trials.find(({ result }) => result === 'wrong') ?? trials.find(({ result }) => result === 'refused');
  const worst = inTarget.result === 'works' ? bad : inTarget;
  if (worst === undefined) return { proof: 'proven', provenIn };
  return { proof: PROOF_OF[worst.result], provenIn, ...(worst.detail === undefined ? {} : { detail: worst.detail }) };
};

/** The move is proven in the target; a Region beside it that takes longer says nothing of it. */
const inTime = (runtime: Runtime, region: Region, trying: Promise<TrialResult>): Promise<TrialResult> =>
  within(runtime.clock, BESIDE_MS_MAX, trying, { result: 'unanswered', detail: `${region} did not answer in ${BESIDE_MS_MAX / 1000} s` });

/** The Region that parked the key answers nobody: asking it again would only wait out its timeouts. */
const isKnownDark = (record: KeyRecord, region: Region, target: Region): boolean => {
  if (record.phase !== 'parked') return false;
  return (
    (record.obstacle === 'PRIMARY_UNREACHABLE' && region === record.primary) ||
    (record.obstacle === 'TARGET_UNREACHABLE' && region === target)
  );
};

const PROOF_OF: Readonly<Record<Trial, Proof>> = {
  works: 'proven',
  wrong: 'failed',
  refused: 'refused',
  unusable: 'refused',
  unanswered: 'unanswered',
};

type TrialResult = { readonly result: Trial; readonly detail?: string };
const works: TrialResult = { result: 'works' };

/** A symmetric key that could not be armed before the move is armed now, in the first of the Regions that answers. */
const withFreshMaterial = async (runtime: Runtime, record: KeyRecord, order: readonly Region[]): Promise<KeyRecord> => {
  if (record.spec !== 'SYMMETRIC_DEFAULT' || record.material?.ciphertext !== undefined) return record;
  for (const region of order) {
    const made = await runtime.kms.encrypt({ account: record.account, keyId: record.keyId, region }, proofText(record));
    if (made.kind === 'ciphertext') return { ...record, material: { madeIn: region, ciphertext: made.ciphertext } };
  }
  return record;
};

const trial = async (runtime: Runtime, record: KeyRecord, region: Region, signatures: boolean): Promise<TrialResult> => {
  const key = { account: record.account, keyId: record.keyId, region };
  if (record.usage === undefined || record.spec === undefined) return { result: 'unanswered', detail: 'the key was never described' };
  const nature = { usage: record.usage, spec: record.spec, algorithms: record.algorithms ?? [] };

  if (record.spec === 'SYMMETRIC_DEFAULT') {
    const ciphertext = record.material?.ciphertext;
    if (ciphertext === undefined) return { result: 'unanswered', detail: 'no Region encrypted anything that could be decrypted' };
    const reply = await runtime.kms.decrypt(key, ciphertext);
    if (reply.kind === 'failure') return failed(region, reply);
    return reply.plaintext === proofText(record) ? works : { result: 'wrong', detail: `${region} decrypts to another text` };
  }

  const digest = record.material?.publicKeyDigest;
  if (digest !== undefined) {
    const reply = await runtime.kms.publicKeyDigest(key);
    if (reply.kind === 'failure') return failed(region, reply);
    if (reply.digest !== digest)
      return { result: 'wrong', detail: `${region} shows another public key than ${record.material?.madeIn} did` };
  }
  const rehearsal = await runtime.kms.rehearse(key, nature);
  if (rehearsal.kind === 'failure') return failed(region, rehearsal);
  if (!signatures) return works;
  const real = await runtime.kms.signAndVerify(key, nature);
  return real.kind === 'failure' ? failed(region, real) : works;
};

const failed = (region: Region, failure: KmsFailure): TrialResult => ({
  result: TRIAL_OF[failure.code],
  detail: `${region}: ${failure.errorName} ${failure.message}`,
});

/** What a failed call says of the key. A replica that its owner disabled is no news of the move, a denial is. */
const TRIAL_OF: Readonly<Record<KmsFailure['code'], Trial>> = {
  unreachable: 'unanswered',
  throttled: 'unanswered',
  internal: 'unanswered',
  creating: 'unanswered',
  updating: 'unanswered',
  denied: 'refused',
  disabled: 'unusable',
  'pending-deletion': 'unusable',
  'pending-import': 'unusable',
  'not-found': 'unusable',
  'not-primary': 'refused',
  'no-replica': 'refused',
  'not-multi-region': 'refused',
  'our-credentials': 'unanswered',
  'wrong-ciphertext': 'wrong',
  refused: 'refused',
};
