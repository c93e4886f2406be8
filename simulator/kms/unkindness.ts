import type { Seeded } from '../random/seeded.ts';

/** The time before a call takes effect and the time until its answer arrives. */
export interface Latency {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Drawn for each call, read and promotion: how far this KMS is from an instant, strongly consistent one. Whole milliseconds. */
export interface Unkindness {
  /** @param atLeastMs what a fault demands of the whole call */
  latency(atLeastMs: number): Latency;
  /** How old the answer of a read is. */
  staleReadMs(): number;
  /** How long a promotion or a new replica takes to settle. */
  settlingMs(): number;
  /** Whether a read during `Updating` shows the new primary as a replica still. */
  showsTwoReplicas(): boolean;
}

/** No latency, no stale reads, settling in exactly 1 s. For tests of what calls KMS. */
export const kind: Unkindness = {
  latency: (atLeastMs) => ({ beforeMs: 0, afterMs: atLeastMs }),
  staleReadMs: () => 0,
  settlingMs: () => 1_000,
  showsTwoReplicas: () => false,
};

/** Lawful, and quick: no waiting but for what KMS does after its answer, which takes 1 to 3 s. For people and scripts that wait in real time. */
export const quick = (random: Seeded): Unkindness => {
  const settling = random.stream('settling');
  return { ...kind, settlingMs: () => Math.round(settling.between(1_000, 3_000)) };
};

/**
 * Calls of 40 to 250 ms; a quarter of the reads up to 5 s old; settling of 5 s in the median and 25 s in the 99th percentile,
 * and one key in 1,000 that takes one to two minutes.
 */
export const unkind = (random: Seeded): Unkindness => {
  const latency = random.stream('latency');
  const staleness = random.stream('staleness');
  const settling = random.stream('settling');
  const roles = random.stream('roles while updating');
  return {
    latency: (atLeastMs) => {
      const totalMs = Math.max(atLeastMs, Math.round(latency.between(40, 250)));
      const beforeMs = Math.round(totalMs * latency.between(0.2, 0.8));
      return { beforeMs, afterMs: totalMs - beforeMs };
    },
    staleReadMs: () => {
      const ageMs = Math.round(staleness.between(0, 5_000));
      return staleness.chance(0.25) ? ageMs : 0;
    },
    settlingMs: () => Math.round(settling.chance(0.001) ? settling.between(60_000, 120_000) : settling.logNormal(5_000, 25_000)),
    showsTwoReplicas: () => roles.chance(0.3),
  };
};

const UNKINDNESSES = ['kind', 'quick', 'unkind'] as const;
export type UnkindnessName = (typeof UNKINDNESSES)[number];

/** @param random where its chance comes from; `kind` takes none */
export const unkindnessOf = (name: UnkindnessName, random: Seeded): Unkindness => {
  switch (name) {
    case 'kind':
      return kind;
    case 'quick':
      return quick(random);
    case 'unkind':
      return unkind(random);
  }
};
