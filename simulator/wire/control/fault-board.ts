import type { Clock } from '../../../core/ports/clock.ts';
import type { KmsFault } from '../../faults/kms-fault.ts';
import { type FaultOrder, makeFault } from '../../faults/make-fault.ts';
import type { KmsSimulator } from '../../kms/kms-simulator.ts';
import type { Seeded } from '../../random/seeded.ts';
import type { WireSettings } from '../settings.ts';

/** A fault that is on, and how often it has struck. */
interface ActiveFault {
  readonly order: FaultOrder;
  readonly struck: number;
}

/** The faults of a simulator on the wire, which may be changed while it runs. */
export class FaultBoard {
  readonly #kms: KmsSimulator;
  readonly #clock: Clock;
  readonly #random: Seeded;
  readonly #settings: WireSettings;
  #active: ReadonlyArray<{ readonly order: FaultOrder; readonly fault: KmsFault }> = [];

  constructor(kms: KmsSimulator, clock: Clock, random: Seeded, settings: WireSettings) {
    this.#kms = kms;
    this.#clock = clock;
    this.#random = random;
    this.#settings = settings;
  }

  /** Puts these faults in place of all others. On the wire the source is the first Region and the target the second, unless an order names one. */
  replace(orders: readonly FaultOrder[]): void {
    const { regions } = this.#settings;
    const [source = '', target = source] = regions;
    this.#active = orders.map((order, index) => ({
      order,
      fault: makeFault(order, {
        random: this.#random.stream(`${index}/${JSON.stringify(order)}`),
        clock: this.#clock,
        source,
        target,
        keyCount: 0,
      }),
    }));
    this.#kms.replaceFaults(this.#active.map(({ fault }) => fault));
  }

  get active(): readonly ActiveFault[] {
    return this.#active.map(({ order, fault }) => ({ order, struck: fault.struck }));
  }
}
