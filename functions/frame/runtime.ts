import type { Bus } from '../../core/ports/bus.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Executions } from '../../core/ports/executions.ts';
import type { Kms } from '../../core/ports/kms.ts';
import type { Quotas } from '../../core/ports/quotas.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Table } from '../../core/ports/table.ts';
import type { Tagging } from '../../core/ports/tagging.ts';
import type { Region } from '../../core/region.ts';
import type { Measurement } from './telling/metrics.ts';

/** Everything that a function touches outside itself. On AWS it is made from the environment, in the simulator by the world. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly table: Table;
  readonly store: Store;
  readonly bus: Bus;
  readonly executions: Executions;
  readonly kms: Kms;
  readonly tagging: Tagging;
  readonly quotas: Quotas;
  /** The control Region that this function runs in: executions, store and probes are those of this place, the table is everybody's. */
  readonly controlRegion: Region;
  /** The other control Regions, which hear of the same signals; none where there is one only. */
  readonly peerRegions: readonly Region[];
  /** Where a person approves, where that is known. */
  readonly approveUrl?: string;
  /** One structured line for whoever reads the logs. */
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void;
  /** Figures for the dashboard and the alarms. */
  readonly measure: (measurement: Measurement) => void;
}
