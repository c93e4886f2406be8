import type { Lease } from '../coordination/lease.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { Region } from '../region.ts';
import type { RunRequest } from '../run/request.ts';
import type { Judged } from '../verdict/verdict.ts';
import type { FleetHistory } from './history.ts';
import type { OpenIncident } from './incident.ts';
import type { Known } from './known.ts';
import type { Start } from './start.ts';
import type { StopSwitch } from './switch.ts';

/** Of the keys that were looked at, how many may be promoted to the target now, or have their primary there already. */
export interface Eligibility {
  readonly eligible: number;
  readonly looked: number;
  /** The reasons of the others, counted, in words: "12 NO_REPLICA". */
  readonly because: readonly string[];
}

/** Everything that a guard may look at. Made by `trigger` and again by `plan`. */
export interface Circumstances {
  readonly request: RunRequest;
  readonly fleet: Fleet;
  readonly start: Start;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The switches that are on for the fleet. */
  readonly switches: Known<readonly StopSwitch[]>;
  /** The fleet's lease, when a run that has not ended may still hold it, or gave it back because the run that asks pre-empted it. */
  readonly lease: Known<Lease | undefined>;
  readonly history: Known<FleetHistory>;
  /** Whether the intent of the fleet's last move waits for keys still. */
  readonly lastMoveOpen: Known<boolean>;
  /** The incidents that are open now and concern Regions of the fleet. */
  readonly incidents: Known<readonly OpenIncident[]>;
  /** The alarms under the fleet's `drill.stopOnAlarms` that are in ALARM, and since when; for a drill. */
  readonly stopAlarms: Known<ReadonlyArray<{ readonly name: string; readonly since: number }>>;
  /** What probes say, per Region of the request. A Region that was not probed is absent. */
  readonly verdicts: ReadonlyMap<Region, Judged>;
  readonly eligibility: Known<Eligibility>;
  /** Since when the fleet's home answers without trouble, as far as known; for a failback. Undefined: not healthy, or not watched. */
  readonly homeHealthySince: Known<number | undefined>;
  /** Guards that the person who asks overrides by name. Only guards that say so can be overridden. */
  readonly override: readonly string[];
}
