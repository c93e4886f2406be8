import type { Clock } from '../../core/ports/clock.ts';
import type { FaultedCall, HalfDone, Interference, KmsFault } from './kms-fault.ts';
import { type FaultScope, isWithin } from './scope.ts';

/** A fault of calls that strikes some of them only; it never hears of the others. */
export class Scoped implements KmsFault {
  readonly name: string;
  readonly #fault: KmsFault;
  readonly #scope: FaultScope;
  readonly #clock: Clock;
  readonly #madeAtMs: number;

  constructor(fault: KmsFault, scope: FaultScope, clock: Clock) {
    this.name = fault.name;
    this.#fault = fault;
    this.#scope = scope;
    this.#clock = clock;
    this.#madeAtMs = clock.now();
  }

  get struck(): number {
    return this.#fault.struck;
  }

  interfere(call: FaultedCall): Interference | undefined {
    return this.#strikes(call) ? this.#fault.interfere?.(call) : undefined;
  }

  silences(call: FaultedCall): boolean {
    return this.#strikes(call) && (this.#fault.silences?.(call) ?? false);
  }

  staleReadMs(call: FaultedCall): number {
    return this.#strikes(call) ? (this.#fault.staleReadMs?.(call) ?? 0) : 0;
  }

  settlingMs(inTarget: FaultedCall): number | undefined {
    return this.#strikes(inTarget) ? this.#fault.settlingMs?.(inTarget) : undefined;
  }

  halfDone(inTarget: FaultedCall): HalfDone | undefined {
    return this.#strikes(inTarget) ? this.#fault.halfDone?.(inTarget) : undefined;
  }

  acceptsWhileUpdating(call: FaultedCall): boolean | undefined {
    return this.#strikes(call) ? this.#fault.acceptsWhileUpdating?.(call) : undefined;
  }

  promotionAccepted(): void {
    this.#fault.promotionAccepted?.();
  }

  #strikes(call: FaultedCall): boolean {
    return isWithin(this.#scope, call, this.#clock.now() - this.#madeAtMs);
  }
}
