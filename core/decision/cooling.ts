import type { Circumstances } from './circumstances.ts';
import type { FleetHistory, LastMove } from './history.ts';

/** A move whose cooldown is not over, and until when it lasts, in epoch milliseconds. */
interface Cooling {
  readonly move: LastMove;
  readonly until: number;
}

/** The last move of a fleet, as long as its cooldown lasts and no operator acknowledged it. */
export const coolingOf = (history: FleetHistory, { fleet, now }: Pick<Circumstances, 'fleet' | 'now'>): Cooling | undefined => {
  const { lastMove: move, acknowledged } = history;
  if (move === undefined || acknowledged?.runId === move.runId) return undefined;
  const until = move.endedAt + fleet.cooldownMinutes * 60_000;
  return now < until ? { move, until } : undefined;
};
