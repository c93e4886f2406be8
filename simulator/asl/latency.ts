import type { Random } from '../../core/ports/random.ts';

/** How slowly Step Functions works, in milliseconds. */
export interface Latency {
  /** Between two states. */
  transitionMs(random: Random): number;
  /** How much longer a Wait takes than it says. */
  waitLateMs(random: Random): number;
  /** From the moment a Map has room for a child execution until the child enters its first state. */
  childStartMs(random: Random): number;
}

const between = (low: number, high: number) => (random: Random) => Math.round(low + (high - low) * random.uniform());

/** Slower than one usually sees: nothing may depend on a fast engine. AWS promises no figures. */
const unkind: Latency = { transitionMs: between(20, 80), waitLateMs: between(0, 1_000), childStartMs: between(200, 2_000) };

/** For comparing engines. */
const none: Latency = { transitionMs: () => 0, waitLateMs: () => 0, childStartMs: () => 0 };

export const LATENCIES = { unkind, none };
