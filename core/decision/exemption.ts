import type { Circumstances } from './circumstances.ts';
import { preemptedByIncident } from './preemption.ts';

/**
 * Why cooldown and reversal do not bind a run, in words; undefined when they do. They bind new automatic runs only: not what was
 * decided on already, not what a person wants, and not an incident that takes the fleet from something less urgent.
 */
export const exemptionOf = (circumstances: Circumstances): string | undefined => {
  const { start } = circumstances;
  if (start.by === 'person') return 'a person asks for the run';
  if (start.by === 'approval') return `${start.approvedBy ?? 'somebody'} approved the run`;
  if (start.by === 'follow-up') return 'the run goes on with an intent that was decided on before';
  const preempted = preemptedByIncident(circumstances);
  return preempted === undefined ? undefined : `an incident takes the fleet from run ${preempted.holder}, a ${preempted.operation}`;
};
