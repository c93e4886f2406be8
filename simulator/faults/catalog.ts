import { Degraded } from './degraded.ts';
import type { FaultContext } from './fault-context.ts';
import { type ReadValue, readDurationMs, readShare } from './fault-values.ts';
import { ImpairedKeys } from './impaired-keys.ts';
import type { KmsFault } from './kms-fault.ts';
import { LostReply } from './lost-reply.ts';
import { SlowUpdating } from './slow-updating.ts';
import { SourceDown } from './source-down.ts';
import { StaleReads } from './stale-reads.ts';
import { Throttle } from './throttle.ts';

/** A fault of KMS; `readValue` only for those that are written `name=value`. */
interface KmsFaultEntry {
  readonly kind: 'kms';
  readonly sentence: string;
  readonly readValue?: (text: string) => ReadValue;
  /** @param value 0 for a fault without one */
  readonly make: (context: FaultContext, value: number) => KmsFault;
}

/** A fault that the runner of the story brings about; KMS knows nothing of it. */
interface RunnerFaultEntry {
  readonly kind: 'runner';
  readonly sentence: string;
}

export type FaultEntry = KmsFaultEntry | RunnerFaultEntry;

/** Every fault that can be asked for by name, with what it does at its default strength. */
export const FAULT_CATALOG = {
  throttle: {
    kind: 'kms',
    sentence: '30 % of KMS calls are refused with ThrottlingException for 60 s, from the first UpdatePrimaryRegion call on',
    make: (context) => new Throttle(context),
  },
  'lost-reply': {
    kind: 'kms',
    sentence: '10 % of replies never come; a third of the promotions among them are carried out up to 60 s after the client gave up',
    make: (context) => new LostReply(context),
  },
  'stale-reads': {
    kind: 'kms',
    sentence: '20 % of reads are up to 30 s old, and 1 % up to 120 s',
    make: (context) => new StaleReads(context),
  },
  'slow-updating': {
    kind: 'kms',
    sentence: 'promotions settle in 20 s in the median and 120 s in the 99th percentile',
    make: (context) => new SlowUpdating(context),
  },
  degraded: {
    kind: 'kms',
    sentence: '30 % of calls to the source Region fail or are never answered, and the others take 2 to 8 s',
    make: (context) => new Degraded(context),
  },
  'source-down': {
    kind: 'kms',
    sentence: 'nothing in the source Region answers, from the start and for good',
    make: (context) => new SourceDown('source-down', { kind: 'always' }, context),
  },
  'source-down-at': {
    kind: 'kms',
    sentence: 'nothing in the source Region answers from the moment on when that share of the keys has been promoted (source-down-at=40%)',
    readValue: readShare,
    make: (context, share) => new SourceDown('source-down-at', { kind: 'from-share', share }, context),
  },
  'source-down-for': {
    kind: 'kms',
    sentence: 'nothing in the source Region answers for that long from the start, then it is healthy (source-down-for=10m)',
    readValue: readDurationMs,
    make: (context, durationMs) => new SourceDown('source-down-for', { kind: 'for', durationMs }, context),
  },
  'disabled-replicas': {
    kind: 'kms',
    sentence: '7 % of the keys, at least one, have a disabled replica in the target Region',
    make: (context) => new ImpairedKeys('disabled-replicas', context),
  },
  'missing-replicas': {
    kind: 'kms',
    sentence: '7 % of the keys, at least one, have no replica in the target Region',
    make: (context) => new ImpairedKeys('missing-replicas', context),
  },
  'denied-target': {
    kind: 'kms',
    sentence: '7 % of the keys, at least one, deny kms:UpdatePrimaryRegion in the target Region',
    make: (context) => new ImpairedKeys('denied-target', context),
  },
  'function-crash': {
    kind: 'runner',
    sentence: '5 % of function invocations die after an effect, at least one per 50 keys',
  },
  abort: {
    kind: 'runner',
    sentence: 'the execution is stopped half-way, then a second run follows in the same world',
  },
} as const satisfies Record<string, FaultEntry>;

export type FaultName = keyof typeof FAULT_CATALOG;
/** The faults that the runner of the story brings about. */
export type RunnerFaultName = { [Name in FaultName]: (typeof FAULT_CATALOG)[Name]['kind'] extends 'runner' ? Name : never }[FaultName];
