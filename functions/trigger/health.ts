import type { Signal } from '../../core/signal/signal.ts';
import type { Runtime } from '../frame/runtime.ts';
import { abstains } from './abstains.ts';
import { onIncident } from './incident.ts';
import type { FleetVerdict } from './settle.ts';

type HealthSignal = Extract<Signal, { kind: 'health' }>;

/**
 * An AWS Health event: an incident opens, goes on, or closes. Every fleet that lives in its Region is decided about, but not by a
 * control Region that is the one in trouble: its peers hear of it too, and see more.
 */
export const onHealth = async (signal: HealthSignal, runtime: Runtime): Promise<readonly FleetVerdict[]> => {
  const { eventRegion, eventArn } = signal.event;
  if (!abstains(runtime, eventRegion)) return onIncident(signal, runtime);
  runtime.log('this control Region abstains: the incident is its own', { eventRegion, eventArn, peers: runtime.peerRegions });
  return [];
};
