import { type Batch, isComplete, isOverdue, isSweep, type Stage } from './batch.ts';
import type { KeyRecord, Phase } from './record.ts';
import type { StepAnswer } from './step.ts';

/** Between two looks at keys under way. */
const AGAIN_SECONDS = 3;
/** A batch with nothing to do at present leaves KMS alone for so long. */
const LOOK_AGAIN_SECONDS = 10;
/** The lane shall not stand idle for a key that takes a minute: keys under way so long after their call go with the sweep. */
export const STRAGGLING_MS = 20_000;
/** Nor shall the run wait for such a key in its last batch: the sweep, which has those of the others to look at, goes on with it. */
const STRAGGLING_AT_THE_END_MS = 12_000;

/** So many keys whose turn did not come are worth a round of their own. */
const OWED_MIN = 15;

const DONE: StepAnswer = { next: 'done', waitSeconds: 0 };
const LOOK_SOON: StepAnswer = { next: 'poll', waitSeconds: AGAIN_SECONDS };
const CALL_SOON: StepAnswer = { next: 'precheck', waitSeconds: 1 };

/** When and where a batch asks what comes next. */
export interface Moment {
  readonly stage: Stage;
  /** Whether no other batch uses the account's lane after this one. */
  readonly isLast: boolean;
  readonly now: number;
}

const counter = (batch: Batch) => (phase: Phase) => batch.records.filter((record) => record.phase === phase).length;

/** Whether enough of the keys under way have settled for a round of proofs: half of them; in a canary, for whose first proof the fleet waits, one. */
export const isWorthProving = (batch: Batch): boolean => {
  const count = counter(batch);
  const provable = count('moved') + count('parked');
  return provable > 0 && (batch.stage === 'canary' || provable >= count('sent'));
};

/** Whether the batch leaves its stage: its time is up, or whatever is still under way has been so for long. Nobody leaves a sweep. */
const isLeaving = (batch: Batch, { stage, isLast, now }: Moment): boolean => {
  if (isSweep(stage)) return false;
  const isOld = (record: KeyRecord) => now - (record.sentAt ?? now) >= (isLast ? STRAGGLING_AT_THE_END_MS : STRAGGLING_MS);
  return isOverdue(batch, now) || batch.records.every((record) => record.phase !== 'sent' || isOld(record));
};

/**
 * Where a batch goes once its keys were looked at. Keys that settled are proven when they are the half of those under way, so that
 * few rounds prove them all. In a sweep a batch goes round until each key has its outcome; before that it goes round only for more
 * than half of its keys or for those whose turn did not come, and leaves the others, which the sweep puts together with those of its neighbours. Pure.
 */
export const nextAfterLook = (batch: Batch, moment: Moment): StepAnswer => {
  const count = counter(batch);
  const provable = count('moved') + count('parked');
  if (isWorthProving(batch) || (provable > 0 && isLeaving(batch, moment))) return { next: 'verify', waitSeconds: 0 };
  return nextRound(batch, moment);
};

/** The same after the proofs: what could not be proven, since nobody answered, is looked at again. Pure. */
export const nextAfterProof = (batch: Batch, moment: Moment): StepAnswer => {
  const count = counter(batch);
  if (isOverdue(batch, moment.now) && !isSweep(moment.stage)) return DONE;
  return count('moved') + count('parked') > 0 ? LOOK_SOON : nextRound(batch, moment);
};

/** A key whose turn did not come, or was refused for the rate alone: the lane was slower than when its slot was reserved. */
const isOwed = ({ phase, obstacle }: KeyRecord): boolean => phase === 'ready' || (phase === 'new' && obstacle === 'THROTTLED');

const nextRound = (batch: Batch, moment: Moment): StepAnswer => {
  if (isComplete(batch)) return DONE;
  const count = counter(batch);
  const uncalled = count('new') + count('ready');
  if (isSweep(moment.stage)) return uncalled > 0 && uncalled >= count('sent') ? CALL_SOON : LOOK_SOON;
  if (!isLeaving(batch, moment)) return LOOK_SOON;
  const goesRound = uncalled > batch.records.length / 2 || batch.records.filter(isOwed).length >= OWED_MIN;
  return goesRound && !isOverdue(batch, moment.now) ? CALL_SOON : DONE;
};

/** Where a batch goes when precheck found no key that may be called for now. Pure. */
export const nextWithoutWindow = (batch: Batch, stage: Stage, now: number): StepAnswer => {
  const count = counter(batch);
  if (count('moved') + count('parked') > 0) return { next: 'verify', waitSeconds: 0 };
  if (isOverdue(batch, now) && !isSweep(stage)) return DONE;
  if (count('sent') > 0) return LOOK_SOON;
  // A canary with nothing but obstacles has told what it can: the fleet does not wait for it.
  if (isComplete(batch) || batch.stage === 'canary') return DONE;
  return { next: 'precheck', waitSeconds: LOOK_AGAIN_SECONDS };
};
