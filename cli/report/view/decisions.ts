import { objectionsIn } from '../../../core/decision/evaluate.ts';
import { told } from '../../../core/decision/told.ts';
import type { NamedDecision } from '../../why/named-decision.ts';

/** More decisions than this nobody reads on a page. */
const DECISIONS_MAX = 100;

export interface DecisionsTold {
  readonly told: readonly DecisionTold[];
  /** How many earlier ones are in the file and not on the page. */
  readonly leftOut: number;
}

type DecisionTold = ReturnType<typeof decisionTold>;

/** What was decided about a fleet and why, the latest so many, in the order in which it was; all of them where there is no fleet to look for. */
export const decisionsTold = (all: readonly NamedDecision[], fleet: string | undefined): DecisionsTold => {
  const wanted = all.filter(({ decision }) => fleet === undefined || decision.fleet === fleet || decision.fleet === 'all');
  return { told: wanted.slice(-DECISIONS_MAX).map(decisionTold), leftOut: Math.max(0, wanted.length - DECISIONS_MAX) };
};

const decisionTold = ({ id, decision }: NamedDecision) => {
  const { signal, verb, rule, why, runId, approval, judgement, liftedBy = [] } = decision;
  const answers = judgement?.answers ?? [];
  const objections = judgement === undefined ? [] : objectionsIn(judgement);
  return {
    id,
    // The first line says when, about which fleet, and what came of it.
    headline: told(id, decision)[0] ?? id,
    signal,
    verb,
    rule,
    why,
    runId,
    approval,
    liftedBy,
    objections,
    remarks: answers.flatMap((answer) =>
      answer.kind === 'pass' && answer.why !== undefined ? [{ guard: answer.guard, why: answer.why }] : [],
    ),
    silent: answers.flatMap((answer) => (answer.kind === 'pass' && answer.why === undefined ? [answer.guard] : [])),
  };
};
