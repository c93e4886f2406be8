import type { Decision, DecisionMade, Verb } from '../../core/decision/decision.ts';
import { decisionMade } from '../../core/decision/decision-made.ts';
import type { Proposal } from '../../core/decision/proposal.ts';
import type { LifecycleEvent } from '../../core/events/lifecycle.ts';
import type { Runtime } from '../frame/runtime.ts';
import { announce } from '../frame/telling/announce.ts';
import { claimed } from './claim.ts';

/** What became of one signal for one fleet. */
export interface FleetVerdict {
  readonly fleet: string;
  readonly decision: Verb;
  readonly rule: string;
  readonly why: string;
  /** The run that was started for it, or goes already. */
  readonly runId?: string;
  /** The ID of the decision's record. */
  readonly record: string;
}

/** A decision as it is made: what is on record of it, and what is told besides. */
export interface Made {
  readonly decision: Omit<DecisionMade, 'state' | 'at' | 'fleet' | 'signal'>;
  readonly events?: readonly LifecycleEvent[];
  /** What has to be looked at when it is on record: what happened meanwhile found nothing there to change. */
  readonly afterwards?: () => Promise<void>;
}

/** A proposal by one of the rules for signals, or by another one. */
export type Answer = Omit<Proposal, 'rule'> & { readonly rule: string };

/** A proposal as the record keeps it. */
export const onRecord = ({ decision, request, judgement, rule, why, liftedBy }: Answer): Made['decision'] => ({
  verb: decision,
  rule,
  why,
  liftedBy,
  ...(request === undefined ? {} : { request }),
  ...(judgement === undefined ? {} : { judgement }),
});

/**
 * Makes one decision once: claims it, has it made, tells the bus, and puts it on record. Who comes later is given the decision that
 * there is, under the rule DUPLICATE.
 * @param make may be called again for the same decision when whoever made it died: it must find its own traces
 * @throws StillDecidingError while somebody else makes it
 */
export const settledOnce = async (
  runtime: Runtime,
  id: string,
  about: Pick<Decision, 'fleet' | 'signal'>,
  make: () => Promise<Made>,
): Promise<FleetVerdict> => {
  const at = runtime.clock.now();
  const claim = await claimed(runtime, id, { state: 'deciding', at, ...about });
  const { fleet } = about;
  if (claim.kind === 'decided') {
    const { runId, verb } = claim.decision;
    const why = `Another delivery of this signal was decided already${verb === undefined ? '' : ` (${verb})`}.`;
    return { fleet, decision: 'ignore', rule: 'DUPLICATE', why, ...(runId === undefined ? {} : { runId }), record: id };
  }
  const { decision, events = [], afterwards } = await make();
  const whole: DecisionMade = { state: 'decided', at, ...about, ...decision };
  await announce(runtime, [decisionMade(id, whole), ...events]);
  await runtime.table.write('decision', id, whole, claim.version);
  await afterwards?.();
  const { verb, rule, why, runId } = decision;
  return { fleet, decision: verb, rule, why, ...(runId === undefined ? {} : { runId }), record: id };
};
