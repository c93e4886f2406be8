import type { KeyRecord } from '../batch/record.ts';
import type { EvidenceLine } from './line-schema.ts';

/** One key's line of evidence: everything that is known of its way but the ciphertext. */
export const evidenceLine = (record: KeyRecord): EvidenceLine => ({
  account: record.account,
  keyId: record.keyId,
  spec: record.spec,
  usage: record.usage,
  outcome: record.outcome?.kind,
  reason: record.outcome !== undefined && 'reason' in record.outcome ? record.outcome.reason : undefined,
  origin: record.origin,
  primary: record.primary,
  regions: record.regions,
  proof: record.proof,
  provenIn: record.provenIn,
  attempts: record.attempts,
  requestIds: record.requestIds,
  sentAt: record.sentAt,
  acceptedAt: record.acceptedAt,
  verifiedAt: record.verifiedAt,
  detail: record.detail,
  notes: record.notes,
});

/** The text of one line of `keys.jsonl`. */
export const lineText = (line: EvidenceLine): string => `${JSON.stringify(line)}\n`;
