import type { KeyRecord } from '../../core/batch/record.ts';
import type { FailureCode, KmsFailure } from '../../core/key/failure.ts';
import { proofText } from '../../core/proof/text.ts';
import type { Region } from '../../core/region.ts';
import type { Runtime } from '../frame/runtime.ts';
import { tooLate, within } from '../frame/within.ts';

/** Failures that say nothing of the key: the next Region is asked, and if need be the proof makes its material later. */
const PASSING: ReadonlySet<FailureCode> = new Set(['unreachable', 'internal', 'throttled', 'our-credentials']);

/** How long one Region may take; the next one makes the same material. */
const MATERIAL_MS_MAX = 5_000;

/**
 * Makes what will prove the key after its move: ciphertext for symmetric keys, the public key's digest for asymmetric ones,
 * nothing for MAC keys. In the primary's Region, or in the next Region of the key when that one does not answer.
 */
export const withMaterial = async (runtime: Runtime, record: KeyRecord): Promise<KeyRecord> => {
  if (record.material !== undefined || record.primary === undefined || record.usage === 'GENERATE_VERIFY_MAC') return record;
  const order = [record.primary, ...record.regions.filter((region) => region !== record.primary)];
  for (const region of order) {
    const made = await within(runtime.clock, MATERIAL_MS_MAX, make(runtime, record, region), tooLate(MATERIAL_MS_MAX));
    if (made.kind === 'material') return { ...record, material: { madeIn: region, ...made.material } };
    if (!PASSING.has(made.code)) return { ...record, proof: 'refused', detail: `${region}: ${made.errorName} ${made.message}` };
  }
  return record;
};

interface Made {
  readonly kind: 'material';
  readonly material: { readonly ciphertext: string } | { readonly publicKeyDigest: string };
}

const make = async (runtime: Runtime, record: KeyRecord, region: Region): Promise<Made | KmsFailure> => {
  const key = { account: record.account, keyId: record.keyId, region };
  if (record.spec === 'SYMMETRIC_DEFAULT') {
    const made = await runtime.kms.encrypt(key, proofText(record));
    return made.kind === 'ciphertext' ? { kind: 'material', material: { ciphertext: made.ciphertext } } : made;
  }
  const made = await runtime.kms.publicKeyDigest(key);
  return made.kind === 'digest' ? { kind: 'material', material: { publicKeyDigest: made.digest } } : made;
};
