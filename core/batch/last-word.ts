import { type Readings, standing } from '../key/agree.ts';
import { because } from '../outcome/outcome.ts';
import type { ReasonOf } from '../outcome/reasons.ts';
import type { Region } from '../region.ts';
import { concluded, type KeyRecord } from './record.ts';

/** How a run ended that the keys of a batch outlived. */
export interface UntimelyEnd {
  /** Where the batch's keys were to go. */
  readonly target: Region;
  /** What holds for a key that did not move: a person stopped the run, or it died. */
  readonly unmoved: ReasonOf<'halted'>;
  /** What the fleet file says of proofs. */
  readonly proof: 'standard' | 'signatures' | 'none';
}

/**
 * The outcome of a key whose run ended before it gave it one, by what its Regions say now, when no call for it can be on its way any
 * more. Nothing is proven here: that is the next run's business. Pure.
 */
export const lastWord = (record: KeyRecord, readings: Readings, end: UntimelyEnd): KeyRecord => {
  const where = standing(readings);
  switch (where.kind) {
    case 'unseen':
      return concluded(record, because(record.attempts > 0 ? 'UNREADABLE' : end.unmoved));
    case 'changing':
      return concluded(record, because('STILL_UPDATING'), 'its Regions did not agree on where the primary is when the run was closed');
    case 'settled': {
      const seen: KeyRecord = { ...record, primary: where.primary };
      if (where.primary === end.target) return arrived(seen, end);
      const detail = record.attempts > 0 ? `called for ${record.attempts} times; the primary is in ${where.primary}` : undefined;
      return concluded(seen, because(end.unmoved), detail);
    }
  }
};

/** It is in the target; whether the run took it there, its calls and its origin tell. */
const arrived = (record: KeyRecord, { target, proof }: UntimelyEnd): KeyRecord => {
  const wasThere = record.attempts === 0 && (record.origin === undefined || record.origin === target);
  return concluded(record, because(wasThere ? 'ALREADY_THERE' : proof === 'none' ? 'BY_POLICY' : 'PROOF_NOT_TRIED'));
};
