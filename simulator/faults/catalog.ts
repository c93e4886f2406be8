import { ByChance } from './by-chance.ts';
import { Degraded } from './degraded.ts';
import type { FaultContext } from './fault-context.ts';
import { type ReadValue, readDurationMs, readShare } from './fault-values.ts';
import { Flapping } from './flapping.ts';
import { HalfDoneChange } from './half-done.ts';
import { ImpairedKeys } from './impaired-keys.ts';
import type { KmsFault } from './kms-fault.ts';
import { executeLate } from './late-execution.ts';
import { LostReply } from './lost-reply.ts';
import type { OperationClass } from './operation-class.ts';
import { SETTINGS, type Setting } from './settings.ts';
import { SlowUpdating } from './slow-updating.ts';
import { SourceDown } from './source-down.ts';
import { StaleReads } from './stale-reads.ts';
import { Throttle } from './throttle.ts';
import { WhileUpdating } from './while-updating.ts';

/** How strong a fault is to be. */
interface Strength {
  /** What was written after `name=`; 0 for a fault without a value. */
  readonly value: number;
  /** The share of calls that it strikes; 1 for a fault without a rate. */
  readonly rate: number;
}

/** A fault of KMS. */
interface KmsFaultEntry {
  readonly kind: 'kms';
  /** What it does at its default strength. */
  readonly sentence: string;
  /** Only for those that are written `name=value`. */
  readonly readValue?: (text: string) => ReadValue;
  readonly takes: readonly Setting[];
  /** The default of `rate`, for those that take one. */
  readonly rate?: number;
  /** The default of `class`. */
  readonly operationClass?: OperationClass;
  /** The default of `region`: everywhere when it is left out. */
  readonly region?: 'source';
  /** Whether it needs a story, with its keys and its share of them, and is of no use to a server. */
  readonly needsStory?: true;
  readonly make: (context: FaultContext, strength: Strength) => KmsFault;
}

/** A fault that the runner of the story brings about; KMS knows nothing of it. */
interface RunnerFaultEntry {
  readonly kind: 'runner';
  readonly sentence: string;
}

export type FaultEntry = KmsFaultEntry | RunnerFaultEntry;

/** What every fault takes that draws for each call: everything. */
const ALL = SETTINGS;
/** What a fault takes whose strength is its own matter. */
const WHERE_AND_WHEN = ['class', 'region', 'account', 'from', 'for'] as const;
/** What a fault of promotions takes; `region` is the one that the keys go to. */
const PROMOTIONS = ['region', 'account', 'from', 'for'] as const;

/** Every fault that can be asked for by name, with what it does at its default strength. */
export const FAULT_CATALOG = {
  throttle: {
    kind: 'kms',
    sentence: '30 % of KMS calls are refused with ThrottlingException for 60 s, from the first UpdatePrimaryRegion call on',
    takes: PROMOTIONS,
    make: (context) => new Throttle(context),
  },
  'lost-reply': {
    kind: 'kms',
    sentence: '10 % of replies never come; a third of the promotions among them are carried out up to 60 s after the client gave up',
    takes: WHERE_AND_WHEN,
    make: (context) => new LostReply(context),
  },
  'stale-reads': {
    kind: 'kms',
    sentence: '20 % of reads are up to 30 s old, and 1 % up to 120 s',
    takes: PROMOTIONS,
    make: (context) => new StaleReads(context),
  },
  'slow-updating': {
    kind: 'kms',
    sentence: 'promotions settle in 20 s in the median and 120 s in the 99th percentile',
    takes: PROMOTIONS,
    make: (context) => new SlowUpdating(context),
  },
  hang: {
    kind: 'kms',
    sentence: '5 % of calls are never carried out and never answered',
    takes: ALL,
    rate: 0.05,
    make: ({ random }, { rate }) => new ByChance('hang', random, rate, () => ({ kind: 'silence' })),
  },
  'connection-reset': {
    kind: 'kms',
    sentence: '5 % of calls are carried out, and the connection is reset instead of an answer',
    takes: ALL,
    rate: 0.05,
    make: ({ random }, { rate }) => new ByChance('connection-reset', random, rate, () => ({ kind: 'reset' })),
  },
  'connection-refused': {
    kind: 'kms',
    sentence: '30 % of connections to the source Region are refused',
    takes: ALL,
    rate: 0.3,
    region: 'source',
    make: ({ random }, { rate }) => new ByChance('connection-refused', random, rate, () => ({ kind: 'no-connection', trouble: 'refused' })),
  },
  'dns-failure': {
    kind: 'kms',
    sentence: '30 % of look-ups of the source Region’s host find no address',
    takes: ALL,
    rate: 0.3,
    region: 'source',
    make: ({ random }, { rate }) => new ByChance('dns-failure', random, rate, () => ({ kind: 'no-connection', trouble: 'unresolved' })),
  },
  'tls-failure': {
    kind: 'kms',
    sentence: '30 % of connections to the source Region meet a certificate that has expired',
    takes: ALL,
    rate: 0.3,
    region: 'source',
    make: ({ random }, { rate }) => new ByChance('tls-failure', random, rate, () => ({ kind: 'no-connection', trouble: 'untrusted' })),
  },
  'late-execution': {
    kind: 'kms',
    sentence: '10 % of changes are never answered, and are carried out up to 60 s after the client gave up',
    takes: ALL,
    rate: 0.1,
    operationClass: 'write',
    make: ({ random }, { rate }) => new ByChance('late-execution', random, rate, executeLate),
  },
  'half-done': {
    kind: 'kms',
    sentence:
      'after 10 % of promotions the target goes dark for 20 to 60 s; these complete, hang for ever or are rolled back, as the seed says',
    takes: [...PROMOTIONS, 'rate'],
    rate: 0.1,
    make: (context, { rate }) => new HalfDoneChange(context, rate),
  },
  'while-updating': {
    kind: 'kms',
    sentence: 'each promotion of a key that is still Updating is accepted or refused by lot',
    takes: PROMOTIONS,
    make: (context) => new WhileUpdating(context),
  },
  degraded: {
    kind: 'kms',
    sentence: '30 % of calls to the source Region fail or are never answered, and the others take 2 to 8 s',
    takes: WHERE_AND_WHEN,
    make: (context) => new Degraded(context),
  },
  flapping: {
    kind: 'kms',
    sentence: 'the source Region is dark for 15 to 40 s and answers for 20 to 60 s, in turns',
    takes: WHERE_AND_WHEN,
    make: (context) => new Flapping(context),
  },
  'source-down': {
    kind: 'kms',
    sentence: 'nothing in the source Region answers, from the start and for good',
    takes: WHERE_AND_WHEN,
    make: (context) => new SourceDown('source-down', { kind: 'always' }, context),
  },
  'source-down-at': {
    kind: 'kms',
    sentence: 'nothing in the source Region answers from the moment on when that share of the keys has been promoted (source-down-at=40%)',
    readValue: readShare,
    takes: WHERE_AND_WHEN,
    needsStory: true,
    make: (context, { value: share }) => new SourceDown('source-down-at', { kind: 'from-share', share }, context),
  },
  'source-down-for': {
    kind: 'kms',
    sentence: 'nothing in the source Region answers for that long from the start, then it is healthy (source-down-for=10m)',
    readValue: readDurationMs,
    takes: WHERE_AND_WHEN,
    needsStory: true,
    make: (context, { value: durationMs }) => new SourceDown('source-down-for', { kind: 'for', durationMs }, context),
  },
  'disabled-replicas': {
    kind: 'kms',
    sentence: '7 % of the keys, at least one, have a disabled replica in the target Region',
    takes: [],
    needsStory: true,
    make: (context) => new ImpairedKeys('disabled-replicas', context),
  },
  'missing-replicas': {
    kind: 'kms',
    sentence: '7 % of the keys, at least one, have no replica in the target Region',
    takes: [],
    needsStory: true,
    make: (context) => new ImpairedKeys('missing-replicas', context),
  },
  'denied-target': {
    kind: 'kms',
    sentence: '7 % of the keys, at least one, deny kms:UpdatePrimaryRegion in the target Region',
    takes: [],
    needsStory: true,
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
/** The faults of KMS itself. */
export type KmsFaultName = Exclude<FaultName, RunnerFaultName>;

/** The entry of a fault of KMS, with nothing known of it but what all entries have. */
export const kmsFaultEntry = (name: KmsFaultName): Extract<FaultEntry, { kind: 'kms' }> => FAULT_CATALOG[name];
