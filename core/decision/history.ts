import type { ChainEnds } from '../evidence/chain-end.ts';
import type { Region } from '../region.ts';
import type { Operation } from '../run/operation.ts';
import type { Start } from './start.ts';

/** The last run of a fleet that moved keys for good (a drill that came home did not); written by `report`, item `fleet` / fleet name. */
export interface LastMove {
  readonly runId: string;
  readonly intent: string;
  readonly operation: Operation;
  readonly source: Region;
  readonly target: Region;
  readonly incident: string;
  readonly start: Start['by'];
  /** Epoch milliseconds. */
  readonly endedAt: number;
}

/** An operator's word that everything that is under way for a fleet shall end. What is begun later it does not bind. */
export interface StopOrder {
  readonly by: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly reason: string;
}

/** What a fleet remembers beyond its runs. */
export interface FleetHistory {
  readonly lastMove?: LastMove;
  /** An operator looked at the last move and lifted the cooldown that it began: the move's run, who, and when. */
  readonly acknowledged?: { readonly runId: string; readonly by: string; readonly at: number };
  /** The last time that an operator stopped it: a run that makes its plan has no lease yet, by which it could be told. */
  readonly stopped?: StopOrder;
  /** Where the next run's evidence is chained on. */
  readonly evidence?: ChainEnds;
}

/** The order that ends a run whose execution was started at that time; undefined when nobody gave one since. */
export const stopFor = (history: FleetHistory | undefined, startedAt: number): StopOrder | undefined =>
  history?.stopped !== undefined && startedAt <= history.stopped.at ? history.stopped : undefined;
