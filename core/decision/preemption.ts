import { type Lease, quietAt } from '../coordination/lease.ts';
import { preempts } from '../run/operation.ts';
import type { Circumstances } from './circumstances.ts';

/** The lease of the run that may be at work on the fleet now; undefined when there is none, or it is not known. */
export const leaseInForce = ({ lease, now }: Pick<Circumstances, 'lease' | 'now'>): Lease | undefined => {
  if (lease.kind === 'unknown' || lease.value === undefined || lease.value.released) return undefined;
  return now < quietAt(lease.value) ? lease.value : undefined;
};

/**
 * The run of a lower class that an incident takes the fleet from: it has the fleet still, or it has given it back because this very
 * run asked for it.
 */
export const preemptedByIncident = (circumstances: Circumstances): Lease | undefined => {
  const { operation } = circumstances.request;
  const lease = leaseInForce(circumstances) ?? givenUp(circumstances);
  return operation === 'failover' && lease !== undefined && preempts(operation, lease.operation) ? lease : undefined;
};

/** A lease that was given back is told only to the run that pre-empted it. */
const givenUp = ({ lease }: Pick<Circumstances, 'lease'>): Lease | undefined =>
  lease.kind === 'known' && lease.value?.released === true && lease.value.preemptedBy !== undefined ? lease.value : undefined;
