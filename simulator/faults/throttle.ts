import type { FaultContext } from './fault-context.ts';
import type { FaultedCall, Interference, KmsFault } from './kms-fault.ts';

const SHARE = 0.3;
const DURATION_MS = 60_000;

const REFUSAL: Interference = {
  kind: 'refuse',
  name: 'ThrottlingException',
  message: 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
  status: 400,
};

/** Refuses a share of all calls as too many, for a minute from the first UpdatePrimaryRegion call on. */
export class Throttle implements KmsFault {
  readonly name = 'throttle';
  struck = 0;
  readonly #context: FaultContext;
  #startedAtMs: number | undefined;

  constructor(context: FaultContext) {
    this.#context = { ...context, random: context.random.stream('fault/throttle') };
  }

  interfere({ operation }: FaultedCall): Interference | undefined {
    const { random, clock } = this.#context;
    const drawn = random.chance(SHARE);
    if (operation === 'UpdatePrimaryRegion') this.#startedAtMs ??= clock.now();
    if (!drawn || this.#startedAtMs === undefined || clock.now() - this.#startedAtMs >= DURATION_MS) return undefined;
    this.struck += 1;
    return REFUSAL;
  }
}
