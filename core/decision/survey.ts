import type { Fleet } from '../fleet/schema.ts';
import type { SignalReading } from '../signal/signal.ts';
import { concernsNone, fleetsConcerned, notASignal } from './concern.ts';
import { decide } from './decide.ts';
import type { Proposal } from './proposal.ts';
import type { Situation } from './situation.ts';

/**
 * What an event comes to, for every fleet that it concerns and once in all when it concerns none. Pure.
 * @param situationOf the situation in which the signal finds a fleet
 */
export const survey = (
  reading: Exclude<SignalReading, { kind: 'malformed' }>,
  fleets: ReadonlyMap<string, Fleet>,
  situationOf: (name: string, fleet: Fleet) => Situation,
): readonly Proposal[] => {
  if (reading.kind === 'foreign') return [notASignal(reading.what)];
  const concerned = fleetsConcerned(reading.signal, fleets);
  if (concerned.size === 0) return [concernsNone(reading.signal)];
  return [...concerned].map(([name, fleet]) => decide(reading.signal, situationOf(name, fleet)));
};
