import type { Circumstances } from './circumstances.ts';
import { type Guard, type GuardAnswer, passBecause } from './guard.ts';
import { GUARDS } from './guards/guards.ts';

export interface Judgement {
  readonly allowed: boolean;
  readonly answers: ReadonlyArray<{ readonly guard: string } & GuardAnswer>;
}

/** Asks every guard, also when one has said no already. Unknown never starts anything. */
export const evaluate = (circumstances: Circumstances): Judgement => {
  const answers = GUARDS.map((guard) => ({ guard: guard.name, ...answerOf(guard, circumstances) }));
  return { allowed: answers.every((answer) => answer.kind === 'pass'), answers };
};

/** A guard's answer, with the objection set aside when it can be overridden and the person who asks names the guard. */
const answerOf = (guard: Guard, circumstances: Circumstances): GuardAnswer => {
  const answer = guard.judge(circumstances);
  const { start, override } = circumstances;
  if (answer.kind === 'pass' || start.by !== 'person' || !override.includes(guard.name)) return answer;
  return guard.objections[answer.rule]?.overridable === true
    ? passBecause(`overridden by the person who asks, although ${answer.why}`)
    : answer;
};

/** What the guards say against a run, in their order; nothing when it may start. */
export const objectionsIn = ({ answers }: Judgement) => answers.flatMap((answer) => (answer.kind === 'pass' ? [] : [answer]));

/** Why a run may not start, as one sentence a guard; empty when it may. */
export const objections = (judgement: Judgement): string[] =>
  objectionsIn(judgement).map(({ guard, why, liftedBy }) => `${guard}: ${why}. What lifts it: ${liftedBy}.`);
