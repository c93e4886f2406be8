import type { Circumstances, Guard, GuardAnswer } from './guard.ts';
import { posture } from './guards/posture.ts';
import { stopSwitch } from './guards/stop-switch.ts';

/** Every guard, asked by `trigger` and again by `plan`: a start from the console never passes `trigger`. */
export const GUARDS: readonly Guard[] = [posture, stopSwitch];

export interface Judgement {
  readonly allowed: boolean;
  readonly answers: ReadonlyArray<{ readonly guard: string } & GuardAnswer>;
}

/** Asks every guard. Unknown never starts anything. */
export const evaluate = (circumstances: Circumstances): Judgement => {
  const answers = GUARDS.map((guard) => ({ guard: guard.name, ...guard.judge(circumstances) }));
  return { allowed: answers.every((answer) => answer.kind === 'pass'), answers };
};

/** Why a run may not start, as one sentence a guard; empty when it may. */
export const objections = (judgement: Judgement): string[] =>
  judgement.answers.flatMap((answer) =>
    answer.kind === 'pass' ? [] : [`${answer.guard}: ${answer.why}. What lifts it: ${answer.liftedBy}.`],
  );
