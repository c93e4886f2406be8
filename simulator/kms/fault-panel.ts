import type { FaultedCall, HalfDone, Interference, KmsFault, PreparedWorld, SeededKey } from '../faults/kms-fault.ts';
import type { Tally } from './counters.ts';
import type { ConnectionTrouble } from './wire/connection-error.ts';

/** What all faults together do to one call. */
export interface CombinedInterference {
  readonly noConnection: ConnectionTrouble | undefined;
  readonly silence: boolean;
  readonly refusal: Extract<Interference, { kind: 'refuse' }> | undefined;
  readonly totalMsMin: number;
  readonly replyLost: boolean;
  readonly effectAfterGivingUpMs: number | undefined;
  readonly reset: boolean;
}

/** Makes one fault out of many: the harshest word counts, and every fault is asked each time, so that none shifts what another draws. */
export class FaultPanel {
  #faults: readonly KmsFault[];

  constructor(faults: readonly KmsFault[]) {
    this.#faults = faults;
  }

  /** Puts other faults in place of those so far. */
  replace(faults: readonly KmsFault[]): void {
    this.#faults = faults;
  }

  interfere(call: FaultedCall): CombinedInterference {
    let noConnection: CombinedInterference['noConnection'];
    let silence = false;
    let refusal: CombinedInterference['refusal'];
    let totalMsMin = 0;
    let replyLost = false;
    let effectAfterGivingUpMs: number | undefined;
    let reset = false;
    for (const fault of this.#faults) {
      const interference = fault.interfere?.(call);
      switch (interference?.kind) {
        case 'no-connection':
          noConnection ??= interference.trouble;
          break;
        case 'silence':
          silence = true;
          break;
        case 'refuse':
          refusal ??= interference;
          break;
        case 'slow':
          totalMsMin = Math.max(totalMsMin, interference.totalMs);
          break;
        case 'lose-reply':
          replyLost = true;
          effectAfterGivingUpMs ??= interference.effectAfterGivingUpMs;
          break;
        case 'reset':
          reset = true;
      }
    }
    return { noConnection, silence, refusal, totalMsMin, replyLost, effectAfterGivingUpMs, reset };
  }

  silences(call: FaultedCall): boolean {
    return this.#faults.some((fault) => fault.silences?.(call) ?? false);
  }

  staleReadMs(call: FaultedCall): number {
    return this.#faults.reduce((oldest, fault) => Math.max(oldest, fault.staleReadMs?.(call) ?? 0), 0);
  }

  /** @returns undefined when no fault changes how long promotions take. */
  settlingMs(inTarget: FaultedCall): number | undefined {
    const drawn = this.#faults.flatMap((fault) => fault.settlingMs?.(inTarget) ?? []);
    return drawn.length === 0 ? undefined : Math.max(...drawn);
  }

  /** @returns undefined for a promotion that settles as any other. */
  halfDone(inTarget: FaultedCall): HalfDone | undefined {
    return this.#faults.flatMap((fault) => fault.halfDone?.(inTarget) ?? [])[0];
  }

  /** @returns undefined when the world's temperament decides. */
  acceptsWhileUpdating(call: FaultedCall): boolean | undefined {
    return this.#faults.flatMap((fault) => fault.acceptsWhileUpdating?.(call) ?? [])[0];
  }

  promotionAccepted(): void {
    for (const fault of this.#faults) fault.promotionAccepted?.();
  }

  keySeeded(key: SeededKey, world: PreparedWorld): void {
    for (const fault of this.#faults) fault.keySeeded?.(key, world);
  }

  /** By name; several faults of one name are counted together. */
  struck(): Tally {
    const tally: Record<string, number> = {};
    for (const { name, struck } of this.#faults) tally[name] = (tally[name] ?? 0) + struck;
    return tally;
  }
}
