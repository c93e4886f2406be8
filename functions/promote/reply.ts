import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import type { KmsFailure } from '../../core/key/failure.ts';
import { because } from '../../core/outcome/outcome.ts';
import type { ReasonOf } from '../../core/outcome/reasons.ts';
import type { Accepted } from '../../core/ports/kms.ts';
import type { Region } from '../../core/region.ts';

interface Call {
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly target: Region;
}

/**
 * What one reply to UpdatePrimaryRegion tells of its key. Anything that leaves open whether the call took effect makes the key
 * `sent`: also "is not a multi-Region primary key", which a call gets whose earlier twin succeeded. Pure.
 */
export const afterReply = (record: KeyRecord, reply: Accepted | KmsFailure, call: Call): KeyRecord => {
  const attempted: KeyRecord = { ...record, attempts: record.attempts + 1, sentAt: call.sentAt };
  if (reply.kind === 'accepted')
    return { ...attempted, phase: 'sent', acceptedAt: call.answeredAt, requestIds: [...record.requestIds, reply.requestId] };

  const detail = `${reply.errorName}: ${reply.message}`;
  const final = finalReason(reply, call.target);
  if (final !== undefined) return concluded(attempted, because(final), detail);
  switch (reply.code) {
    case 'throttled':
      // Refused before anything happened: it may be called for again at once, at the pace that the slowed lane allows.
      return { ...record, attempts: attempted.attempts, phase: 'new', obstacle: 'THROTTLED', detail };
    case 'our-credentials':
      return { ...record, phase: 'new', obstacle: 'OUR_CREDENTIALS', detail };
    case 'internal':
      return { ...attempted, phase: 'sent', obstacle: 'KMS_INTERNAL', detail };
    case 'unreachable':
      return { ...attempted, phase: 'sent', obstacle: 'PRIMARY_UNREACHABLE', detail };
    default:
      return { ...attempted, phase: 'sent', obstacle: 'STILL_UPDATING', detail };
  }
};

/** Refusals that asking again would not change. The ARN in KMS's message tells which side it speaks of. */
const finalReason = (failure: KmsFailure, target: Region): ReasonOf<'ineligible'> | 'REFUSED_BY_KMS' | undefined => {
  const atTarget = failure.region === target;
  switch (failure.code) {
    case 'disabled':
      return atTarget ? 'TARGET_DISABLED' : 'SOURCE_DISABLED';
    case 'denied':
      return atTarget ? 'DENIED_TARGET' : 'DENIED_SOURCE';
    case 'pending-deletion':
      return 'PENDING_DELETION';
    case 'pending-import':
      return 'PENDING_IMPORT';
    case 'no-replica':
      return 'NO_REPLICA';
    case 'not-multi-region':
      return 'NOT_MULTI_REGION';
    case 'refused':
    case 'wrong-ciphertext':
      return 'REFUSED_BY_KMS';
    default:
      return undefined;
  }
};
