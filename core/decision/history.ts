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

/** What a fleet remembers beyond its runs. */
export interface FleetHistory {
  readonly lastMove?: LastMove;
  /** An operator looked at the last move and lifted the cooldown that it began: the move's run, who, and when. */
  readonly acknowledged?: { readonly runId: string; readonly by: string; readonly at: number };
}
