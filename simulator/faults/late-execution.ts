import type { Seeded } from '../random/seeded.ts';
import type { Interference } from './kms-fault.ts';

const LATE_MS_MAX = 60_000;

/** A call that nobody answers, and that is carried out up to a minute after its client has given up. */
export const executeLate = (random: Seeded): Interference => ({
  kind: 'lose-reply',
  effectAfterGivingUpMs: Math.round(random.between(0, LATE_MS_MAX)),
});
