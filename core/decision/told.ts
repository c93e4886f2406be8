import { instant } from '../words/time.ts';
import type { Decision } from './decision.ts';
import { objectionsIn } from './evaluate.ts';

const VERBS = {
  start: 'started a run',
  approve: 'asked for approval',
  observe: 'did nothing, and says why',
  ignore: 'had nothing to decide',
} as const;

/** A decision in plain words, a line each: what came, what was decided, why, what each guard said against it, and what would lift it. */
export const told = (id: string, decision: Decision): readonly string[] => {
  const { at, fleet, signal, request, verb, rule, why, liftedBy = [], runId, approval, by, judgement } = decision;
  const move = request === undefined ? '' : ` (${request.operation}, ${request.source} to ${request.target})`;
  const objecting = judgement === undefined ? [] : objectionsIn(judgement);
  return [
    `${instant(at)}  fleet ${fleet}${move}: ${by === undefined ? outcomeOf(decision) : `${by} acted`}`,
    `  came:     ${signal}`,
    ...(verb === undefined ? [] : [`  because:  ${why ?? 'no reason was noted'}${rule === undefined ? '' : ` [${rule}]`}`]),
    ...objecting.map((answer) => `  against:  ${answer.guard}: ${answer.why}`),
    ...liftedBy.map((sentence) => `  lifted by: ${sentence}`),
    ...(runId === undefined ? [] : [`  run:      ${runId}`]),
    ...(approval === undefined ? [] : [`  approval: ${approvalLine(id, approval)}`]),
    `  record:   ${id}`,
  ];
};

const outcomeOf = ({ state, verb }: Decision): string =>
  state === 'deciding' || verb === undefined
    ? 'is being decided, or whoever decided it died; the next delivery or the tick goes on'
    : VERBS[verb];

const approvalLine = (id: string, { state, by, at, expiresAt }: NonNullable<Decision['approval']>): string => {
  if (state === 'open') return `open until ${instant(expiresAt)}: mrk-failover approve ${id} --reason "…"`;
  return `${state}${by === undefined ? '' : ` by ${by}`}${at === undefined ? '' : ` at ${instant(at)}`}`;
};
