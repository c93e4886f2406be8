import type { RunResult } from '../core/outcome/outcome.ts';
import type { OutcomeKind } from '../core/outcome/reasons.ts';
import type { StoryFigures } from '../simulator/story/figures.ts';

/** What an outcome is called on the screen. */
export const OUTCOME_WORDS: Readonly<Record<OutcomeKind, string>> = {
  promoted: 'promoted: moved and proven',
  'already-primary': 'already primary: nothing to do',
  unproven: 'unproven: moved, proof missing',
  ineligible: 'ineligible: cannot be moved as it is',
  blocked: 'blocked: not now, will be finished',
  halted: 'halted: not attempted',
  failed: 'failed',
};

/** What a result is called on the screen. */
export const RESULT_WORDS: Readonly<Record<RunResult, string>> = {
  moved: 'MOVED',
  'nothing-to-do': 'NOTHING TO DO',
  blocked: 'BLOCKED',
  partly: 'PARTLY MOVED',
};

/** Seconds as a person says them. */
export const spoken = (seconds: number): string => {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${String(rest).padStart(2, '0')} s`;
};

const count = (n: number): string => n.toLocaleString('en-US');
/** So many keys, and the verb that goes with them. */
const are = (keys: number): string => (keys === 1 ? 'is' : 'are');

/** What the meaning of an end follows from, be it a story's or that of real runs. */
export type Ended = Pick<
  StoryFigures,
  'result' | 'source' | 'target' | 'keys' | 'outcomes' | 'reasons' | 'blockedProven' | 'blockedWithoutProof' | 'inventoryComplete'
> & { readonly runs: readonly unknown[] };

/** What the end means, in plain sentences. */
export const meaning = (figures: Ended): string[] => {
  const { outcomes, source, target, keys } = figures;
  const blocked = outcomes.blocked ?? 0;
  if (figures.runs.length === 0) return ['No run was started: every key is where it was before.'];
  if (figures.result === 'nothing-to-do')
    return [
      keys === 1
        ? 'Nothing had to move: the one primary was where it shall be.'
        : `Nothing had to move: all ${count(keys)} primaries were where they shall be.`,
    ];
  if (figures.result === 'moved') return [movedInWords(keys, outcomes.alreadyPrimary ?? 0)];
  if (blocked > 0)
    return [
      `${count(blocked)} of ${count(keys)} keys could not move: KMS hands the primary role on only in the Region that has it${(figures.reasons.PRIMARY_UNREACHABLE ?? 0) > 0 ? `, and ${source} does not answer` : ''}.`,
      `This is no outage of their data. In ${target}, use of ${count(figures.blockedProven)} of them was proven just now; of ${count(figures.blockedWithoutProof)} that could not be shown.`,
      'Until the role moves, these keys cannot be replicated to new Regions, and their rotation cannot be changed.',
      'They stay parked and are moved without anybody’s help when their Region answers again; the minute tick looks for that.',
    ];
  const inPlace = (outcomes.promoted ?? 0) + (outcomes.alreadyPrimary ?? 0);
  if (!figures.inventoryComplete && inPlace === keys)
    return [
      `${keys === 1 ? 'The one key that was found is' : `All ${count(keys)} keys that were found are`} where ${keys === 1 ? 'it' : 'they'} shall be, but ${source} did not list all of its keys: there may be keys that nobody looked at.`,
    ];
  const away = keys - inPlace;
  return [
    `${count(away)} of ${count(keys)} keys ${are(away)} not where ${away === 1 ? 'it' : 'they'} shall be. The evidence names each, and why.`,
  ];
};

/** What was there before a run looked has not moved, and nobody has tried it. */
const movedInWords = (keys: number, before: number): string => {
  const moved = keys - before;
  if (before > 0)
    return `All ${count(keys)} keys are where they shall be: ${count(moved)} moved, and ${moved === 1 ? 'was' : 'were'} proven to work there; ${count(before)} ${before === 1 ? 'was' : 'were'} there before, and ${before === 1 ? 'was' : 'were'} not tried.`;
  return keys === 1
    ? 'The one key is where it shall be, and was proven to work there.'
    : `All ${count(keys)} keys are where they shall be, and every key that moved was proven to work there.`;
};
