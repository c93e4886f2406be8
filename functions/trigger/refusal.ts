import { type Intent, startOf } from '../../core/coordination/intent.ts';
import { goingOnFor } from '../../core/coordination/shared-question.ts';
import type { Decision } from '../../core/decision/decision.ts';
import { evaluate, objections, objectionsIn } from '../../core/decision/evaluate.ts';
import { RULES } from '../../core/decision/rules.ts';
import { intentId } from '../../core/run/name.ts';
import { type RunRequest, turnedAround } from '../../core/run/request.ts';
import { gatherCircumstances } from '../frame/deciding/circumstances.ts';
import type { Runtime } from '../frame/runtime.ts';
import { askAboutIncident, type ToBeAsked } from './ask.ts';
import { type Look, lookAt } from './look.ts';
import { recordId } from './record-id.ts';
import { onRecord, settledOnce } from './settle.ts';
import type { Subject } from './subject.ts';
import { watchesOf } from './watches.ts';
import { weighRun } from './weigh.ts';

/** What keeps the next run of an intent from starting, and what was seen of the fleet if somebody looked. */
export interface Refusal {
  readonly proposal: ToBeAsked;
  readonly seen?: { readonly subject: Subject; readonly look: Look };
}

/**
 * Why the guards do not let the next run start. An intent that never had a plan is judged like a new one, by what is so now; one that
 * had is only kept back by what keeps everything back.
 */
export const refusal = async (runtime: Runtime, intent: Intent, subject: Subject): Promise<Refusal | undefined> => {
  const { request } = intent;
  const { fleet } = subject;
  const start = startOf(intent);
  if (start.by === 'follow-up') {
    const judged = request.operation === 'drill' ? turnedAround(request) : request;
    const judgement = evaluate(await gatherCircumstances(runtime, { request: judged, fleet, start }));
    const against = objectionsIn(judgement);
    const [first] = against;
    if (first === undefined) return undefined;
    const why = objections(judgement).join(' ');
    const liftedBy = against.map((answer) => answer.liftedBy);
    return { proposal: { decision: 'observe', fleet: request.fleet, request, rule: first.rule, why, liftedBy, judgement } };
  }
  const look = await lookAt(runtime, subject, { inTrouble: request.source });
  const reason = 'The run was decided on before, and came to no plan.';
  const proposal = await weighRun(runtime, subject, { kind: 'asked', request, start, reason }, look);
  return proposal.decision === 'start' ? undefined : { proposal: { ...proposal, request }, seen: { subject, look } };
};

/** The fleet of an intent is in the fleet file no more. */
export const withoutFleet = (request: RunRequest): Refusal => ({
  proposal: {
    decision: RULES.NO_FLEET_CONCERNED.decision,
    fleet: request.fleet,
    request,
    rule: 'NO_FLEET_CONCERNED',
    why: `The fleet file has no fleet ${request.fleet} any more.`,
    liftedBy: ['naming the fleet in the fleet file again'],
  },
});

/**
 * Puts on record that the next run of an intent is kept back, once for each reason: or else the tick would refuse every minute without
 * a word. Where a person may decide about an incident, one is asked.
 */
export const tellRefusal = async (runtime: Runtime, { openedAt }: Pick<Intent, 'openedAt'>, { proposal, seen }: Refusal): Promise<void> => {
  const { request, decision, rule } = proposal;
  const id = intentId(request);
  const record = await unansweredRecord(runtime, proposal, (...more) =>
    recordId(request.fleet, 'refused', id, openedAt, decision, rule, ...more),
  );
  const about = { fleet: request.fleet, signal: `reconcile: the next run of intent ${id}` };
  await settledOnce(runtime, record, about, async () =>
    decision === 'approve' && request.operation === 'failover' && seen !== undefined
      ? askAboutIncident(runtime, seen.subject, record, proposal, seen.look)
      : { decision: onRecord(proposal) },
  );
};

/** So often a question about the same reason is asked anew. */
const TIMES_ASKED_MAX = 10;

/** The record of a refusal: a further one where a question was taken back, or asked of nobody, and an incident goes on that the run is for. */
const unansweredRecord = async (
  runtime: Runtime,
  { request, decision }: ToBeAsked,
  idOf: (...more: readonly number[]) => string,
): Promise<string> => {
  if (decision !== 'approve' || goingOnFor(await watchesOf(runtime, request.fleet), request).length === 0) return idOf();
  for (let times = 0; times < TIMES_ASKED_MAX; times += 1) {
    const id = idOf(...(times === 0 ? [] : [times]));
    const { approval, rule } = (await runtime.table.read<Decision>('decision', id))?.value ?? {};
    if (approval?.state !== 'withdrawn' && rule !== 'ENDED') return id;
  }
  return idOf();
};
