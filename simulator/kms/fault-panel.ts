import type { FaultedCall, Interference, KmsFault, PreparedWorld, SeededKey } from '../faults/kms-fault.ts';
import type { Tally } from './counters.ts';

/** What all faults together do to one call. */
export interface CombinedInterference {
  readonly silence: boolean;
  readonly refusal: Extract<Interference, { kind: 'refuse' }> | undefined;
  readonly totalMsMin: number;
  readonly replyLost: boolean;
  readonly effectAfterGivingUpMs: number | undefined;
}

/** Makes one fault out of many: the harshest word counts, and every fault is asked each time, so that none shifts what another draws. */
export class FaultPanel {
  readonly #faults: readonly KmsFault[];

  constructor(faults: readonly KmsFault[]) {
    this.#faults = faults;
  }

  interfere(call: FaultedCall): CombinedInterference {
    let silence = false;
    let refusal: CombinedInterference['refusal'];
    let totalMsMin = 0;
    let replyLost = false;
    let effectAfterGivingUpMs: number | undefined;
    for (const fault of this.#faults) {
      const interference = fault.interfere?.(call);
      if (interference === undefined) continue;
      if (interference.kind === 'silence') silence = true;
      else if (interference.kind === 'refuse') refusal ??= interference;
      else if (interference.kind === 'slow') totalMsMin = Math.max(totalMsMin, interference.totalMs);
      else {
        replyLost = true;
        effectAfterGivingUpMs ??= interference.effectAfterGivingUpMs;
      }
    }
    return { silence, refusal, totalMsMin, replyLost, effectAfterGivingUpMs };
  }

  silences(call: FaultedCall): boolean {
    return this.#faults.some((fault) => fault.silences?.(call) ?? false);
  }

  staleReadMs(call: FaultedCall): number {
    return this.#faults.reduce((oldest, fault) => Math.max(oldest, fault.staleReadMs?.(call) ?? 0), 0);
  }

  /** @returns undefined when no fault changes how long promotions take. */
  settlingMs(): number | undefined {
    const drawn = this.#faults.flatMap((fault) => fault.settlingMs?.() ?? []);
    return drawn.length === 0 ? undefined : Math.max(...drawn);
  }

  promotionAccepted(): void {
    for (const fault of this.#faults) fault.promotionAccepted?.();
  }

  keySeeded(key: SeededKey, world: PreparedWorld): void {
    for (const fault of this.#faults) fault.keySeeded?.(key, world);
  }

  struck(): Tally {
    return Object.fromEntries(this.#faults.map(({ name, struck }) => [name, struck]));
  }
}
