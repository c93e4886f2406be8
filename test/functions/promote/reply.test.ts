import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyRecord } from '../../../core/batch/record.ts';
import { classifyFailure } from '../../../core/key/failure.ts';
import type { ReasonCode } from '../../../core/outcome/reasons.ts';
import { afterReply } from '../../../functions/promote/reply.ts';
import { ACCOUNT, keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { recordWith } from '../../support/runs.ts';

const T = 1_000_000;
const call = { sentAt: T, answeredAt: T + 200, target: TARGET };
const ready = recordWith({ phase: 'ready', origin: SOURCE, primary: SOURCE });
const { keyId } = keyRef();
const arnIn = (region: string): string => `arn:aws:kms:${region}:${ACCOUNT}:key/${keyId}`;

const after = (errorName: string, message: string): KeyRecord => afterReply(ready, classifyFailure(errorName, message), call);

interface Row {
  readonly case: string;
  readonly errorName: string;
  readonly message: string;
  /** The outcome's reason, where the reply is final. */
  readonly reason?: ReasonCode;
  /** What stands in the way, where the truth is to be read. */
  readonly obstacle?: ReasonCode;
}

const denied = (region: string): string =>
  `User: arn:aws:sts::${ACCOUNT}:assumed-role/mrk-failover/session is not authorized to perform: kms:UpdatePrimaryRegion on resource: ${arnIn(region)} because no resource-based policy allows the kms:UpdatePrimaryRegion action`;

/** KMS's own names and words for what it can answer to UpdatePrimaryRegion. */
const finalRows: readonly Row[] = [
  {
    case: 'the target has no replica',
    errorName: 'ValidationException',
    message: `${keyId} does not have a replica key in the specified Region.`,
    reason: 'NO_REPLICA',
  },
  {
    case: 'the key ID is an alias',
    errorName: 'InvalidArnException',
    message: 'Key Aliases are not supported for this operation.',
    reason: 'REFUSED_BY_KMS',
  },
  {
    case: 'the ARN is of another Region, told so',
    errorName: 'InvalidArnException',
    message: 'Invalid arn us-west-2',
    reason: 'REFUSED_BY_KMS',
  },
  {
    case: 'it is a single-Region key',
    errorName: 'UnsupportedOperationException',
    message: `${arnIn(SOURCE)} is not a multi-Region key.`,
    reason: 'NOT_MULTI_REGION',
  },
  { case: 'the primary is disabled', errorName: 'DisabledException', message: `${arnIn(SOURCE)} is disabled.`, reason: 'SOURCE_DISABLED' },
  { case: 'the replica is disabled', errorName: 'DisabledException', message: `${arnIn(TARGET)} is disabled.`, reason: 'TARGET_DISABLED' },
  {
    case: 'the replica is pending deletion',
    errorName: 'KMSInvalidStateException',
    message: `${arnIn(TARGET)} is pending deletion.`,
    reason: 'PENDING_DELETION',
  },
  {
    case: 'the primary is pending deletion, as one error',
    errorName: 'DisabledException',
    message: `${arnIn(SOURCE)} is pending deletion (or pending replica deletion).`,
    reason: 'PENDING_DELETION',
  },
  {
    case: 'the primary is pending replica deletion, as the other',
    errorName: 'KMSInvalidStateException',
    message: `${arnIn(SOURCE)} is pending replica deletion.`,
    reason: 'PENDING_DELETION',
  },
  {
    case: 'the primary is pending import',
    errorName: 'KMSInvalidStateException',
    message: `${arnIn(SOURCE)} is pending import.`,
    reason: 'PENDING_IMPORT',
  },
  {
    case: 'the replica is pending import',
    errorName: 'KMSInvalidStateException',
    message: `${arnIn(TARGET)} is pending import.`,
    reason: 'PENDING_IMPORT',
  },
  { case: 'the source denies it', errorName: 'AccessDeniedException', message: denied(SOURCE), reason: 'DENIED_SOURCE' },
  { case: 'the target denies it', errorName: 'AccessDeniedException', message: denied(TARGET), reason: 'DENIED_TARGET' },
  { case: 'it is denied without a word on where', errorName: 'AccessDeniedException', message: '', reason: 'DENIED_SOURCE' },
  { case: 'KMS does not know the request', errorName: 'UnknownOperationException', message: '', reason: 'REFUSED_BY_KMS' },
];

/** Replies after which the call may have taken effect, or may still: KMS's words are not the truth, DescribeKey is. */
const openRows: readonly Row[] = [
  {
    case: 'a replica’s Region was asked, as a blind retry after a success is',
    errorName: 'KMSInvalidStateException',
    message: `${arnIn(SOURCE)} is not a multi-Region primary key.`,
    obstacle: 'STILL_UPDATING',
  },
  {
    case: 'the key is updating',
    errorName: 'KMSInvalidStateException',
    message: `${arnIn(SOURCE)} is updating.`,
    obstacle: 'STILL_UPDATING',
  },
  {
    case: 'the replica is being created',
    errorName: 'KMSInvalidStateException',
    message: `${arnIn(TARGET)} is creating.`,
    obstacle: 'STILL_UPDATING',
  },
  {
    case: 'the key is not known there yet',
    errorName: 'NotFoundException',
    message: `Key '${arnIn(SOURCE)}' does not exist`,
    obstacle: 'STILL_UPDATING',
  },
  {
    case: 'the ARN is of another Region, as not found',
    errorName: 'NotFoundException',
    message: 'Invalid arn us-west-2',
    obstacle: 'STILL_UPDATING',
  },
  { case: 'KMS failed inside', errorName: 'KMSInternalException', message: 'An internal error occurred.', obstacle: 'KMS_INTERNAL' },
  { case: 'KMS says something new', errorName: 'SomethingNew', message: 'never seen', obstacle: 'KMS_INTERNAL' },
  { case: 'no reply came in time', errorName: 'TimeoutError', message: 'no answer in 10000 ms', obstacle: 'PRIMARY_UNREACHABLE' },
  { case: 'the connection broke', errorName: 'ECONNRESET', message: 'socket hang up', obstacle: 'PRIMARY_UNREACHABLE' },
];

describe('An accepted call', () => {
  it('makes the key sent, with the request that did it', () => {
    assert.deepEqual(afterReply({ ...ready, requestIds: ['r-0'] }, { kind: 'accepted', requestId: 'r-1' }, call), {
      ...ready,
      phase: 'sent',
      attempts: 1,
      sentAt: T,
      acceptedAt: T + 200,
      requestIds: ['r-0', 'r-1'],
    });
  });
});

describe('A refusal that asking again would not change', () => {
  for (const { case: title, errorName, message, reason } of finalRows) {
    it(`is final: ${title}: ${reason}`, () => {
      const record = after(errorName, message);

      assert.equal(record.outcome !== undefined && 'reason' in record.outcome ? record.outcome.reason : undefined, reason);
      assert.deepEqual([record.phase, record.attempts, record.sentAt, record.detail], ['done', 1, T, `${errorName}: ${message}`]);
    });
  }
});

describe('A reply that leaves open whether the call took effect', () => {
  for (const { case: title, errorName, message, obstacle } of openRows) {
    it(`makes the key sent, so that the truth is read: ${title}`, () => {
      assert.deepEqual(after(errorName, message), {
        ...ready,
        phase: 'sent',
        attempts: 1,
        sentAt: T,
        obstacle,
        detail: `${errorName}: ${message}`,
      });
    });
  }
});

describe('A call that was refused for its rate', () => {
  it('may be made again at once: the key counts the attempt and not the moment', () => {
    const message = 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.';

    assert.deepEqual(after('ThrottlingException', message), {
      ...ready,
      phase: 'new',
      attempts: 1,
      obstacle: 'THROTTLED',
      detail: `ThrottlingException: ${message}`,
    });
  });
});

describe('A call that went out with credentials which had run out', () => {
  it('counts as not sent: the key may be called for again at once', () => {
    assert.deepEqual(after('ExpiredTokenException', 'The security token included in the request is expired'), {
      ...ready,
      phase: 'new',
      obstacle: 'OUR_CREDENTIALS',
      detail: 'ExpiredTokenException: The security token included in the request is expired',
    });
  });
});
