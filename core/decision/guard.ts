import type { Circumstances } from './circumstances.ts';

/** One way in which a guard may stand against a run. */
export interface Objection {
  /** `refuse`: it is known that the run should not start; `unknown`: what the guard needs to know could not be learnt. */
  readonly answer: 'refuse' | 'unknown';
  /** What it turns the start of a signal or a schedule into: a question to a person, or a look later. */
  readonly turnsInto: 'approve' | 'observe';
  /** What is so, in a sentence without its full stop. */
  readonly means: string;
  /** What lifts it, in words that go on after "What lifts it:". */
  readonly liftedBy: string;
  /** Whether a person who asks may set it aside by naming the guard in `override`. */
  readonly overridable?: true;
}

export interface Pass {
  readonly kind: 'pass';
  /** Why it passes, where that is not plain: an exemption, or a risk that is taken knowingly. */
  readonly why?: string;
}

/** What one guard says, in words for the person who asks why. `Code` is one of the guard's own objections. */
export type GuardAnswer<Code extends string = string> =
  | Pass
  | { readonly kind: Objection['answer']; readonly rule: Code; readonly why: string; readonly liftedBy: string };

/** One condition that a run must meet before it may start. Pure. */
export interface Guard<Code extends string = string> {
  readonly name: string;
  /** What it asks, as a question. */
  readonly asks: string;
  /** Why it asks, in a sentence. */
  readonly because: string;
  readonly objections: Readonly<Record<Code, Objection>>;
  readonly judge: (circumstances: Circumstances) => GuardAnswer<Code>;
}

/** Whether any of a guard's objections can be set aside by a person. */
export const isOverridable = ({ objections }: Guard): boolean =>
  Object.values<Objection>(objections).some(({ overridable }) => overridable === true);

export const pass: Pass = { kind: 'pass' };
/** It passes, and there is something to say about it. */
export const passBecause = (why: string): Pass => ({ kind: 'pass', why });

/** A guard's own way of objecting: the code, what is so in this case, and what lifts it where the general words do not say enough. */
export const objecting =
  <Code extends string>(objections: Readonly<Record<Code, Objection>>) =>
  (rule: Code, why: string, liftedBy: string = objections[rule].liftedBy): GuardAnswer<Code> => ({
    kind: objections[rule].answer,
    rule,
    why,
    liftedBy,
  });
