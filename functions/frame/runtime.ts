import type { Bus } from '../../core/ports/bus.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Executions } from '../../core/ports/executions.ts';
import type { Kms } from '../../core/ports/kms.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Table } from '../../core/ports/table.ts';

/** Everything that a function touches outside itself. On AWS it is made from the environment, in the simulator by the world. */
export interface Runtime {
  readonly clock: Clock;
  readonly random: Random;
  readonly table: Table;
  readonly store: Store;
  readonly bus: Bus;
  readonly executions: Executions;
  readonly kms: Kms;
  /** One structured line for whoever reads the logs. */
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}
