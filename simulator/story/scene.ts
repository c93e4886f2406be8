import type { Fleet } from '../../core/fleet/schema.ts';
import type { Table } from '../../core/ports/table.ts';
import type { Region } from '../../core/region.ts';
import type { Operation } from '../../core/run/operation.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import type { ParsedFault } from '../faults/parse-fault.ts';
import type { WorldOptions } from '../world/world.ts';

/** A fault as it was asked for, and the text by which it was. */
export interface AskedFault {
  readonly text: string;
  readonly fault: Exclude<ParsedFault, { kind: 'refused' }>;
}

/** Where a story plays, and what goes wrong in it. */
export interface Scene {
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly fleetName: string;
  readonly operation: Operation;
  readonly source: Region;
  readonly target: Region;
  /** `event`: an AWS Health event starts it; `operator`: a person does, with the five fields. */
  readonly startedBy: 'event' | 'operator';
  /** Guards that the person sets aside who starts it. */
  readonly override?: readonly string[];
  /** Another event than the story's own, as it came. */
  readonly event?: unknown;
  readonly keys: number;
  /** Where the keys have replicas; by default in every other Region of the fleet. */
  readonly replicaRegions?: readonly string[];
  readonly seed: string;
  readonly faults: readonly AskedFault[];
  /** The same operation once more, in the same world, when the first is over. */
  readonly again: boolean;
  /** How long the story goes on for keys that its first run left blocked; 90 minutes unless told otherwise. */
  readonly aftermathMsMax?: number;
  /** Another coordination table than the one in memory. */
  readonly table?: (clock: VirtualClock) => Table;
  /** Whoever watches what the functions ask of their ports, and what they measure. */
  readonly watching?: Pick<WorldOptions, 'onCall' | 'measure'>;
}
