import type { FaultContext } from './fault-context.ts';
import type { FaultedCall, KmsFault } from './kms-fault.ts';

/** When the source Region is dark: for good, from the promotion on that reaches a share of all keys, or at first only. */
type Outage =
  | { readonly kind: 'always' }
  | { readonly kind: 'from-share'; readonly share: number }
  | { readonly kind: 'for'; readonly durationMs: number };

/** Nothing in the source Region carries out a call or answers one. The answers on their way when it goes dark are lost too. */
export class SourceDown implements KmsFault {
  readonly name: string;
  struck = 0;
  readonly #outage: Outage;
  readonly #context: FaultContext;
  readonly #startedAtMs: number;
  #promotions = 0;

  constructor(name: string, outage: Outage, context: FaultContext) {
    this.name = name;
    this.#outage = outage;
    this.#context = context;
    this.#startedAtMs = context.clock.now();
  }

  silences({ region }: FaultedCall): boolean {
    if (region !== this.#context.source || !this.#isDark()) return false;
    this.struck += 1;
    return true;
  }

  promotionAccepted(): void {
    this.#promotions += 1;
  }

  #isDark(): boolean {
    const { clock, keyCount } = this.#context;
    switch (this.#outage.kind) {
      case 'always':
        return true;
      case 'from-share':
        return this.#promotions >= this.#outage.share * keyCount;
      case 'for':
        return clock.now() - this.#startedAtMs < this.#outage.durationMs;
    }
  }
}
