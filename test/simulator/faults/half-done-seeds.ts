import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { HalfDoneChange } from '../../../simulator/faults/half-done.ts';
import type { HalfDone } from '../../../simulator/faults/kms-fault.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { SOURCE, TARGET } from '../kms/kms-world.ts';

/** A seed whose half-done changes end so. */
export const seedWhere = (ending: HalfDone['ending']): number => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const fault = new HalfDoneChange(
      { random: new Seeded(seed), clock: new VirtualClock(0), source: SOURCE, target: TARGET, keyCount: 1 },
      1,
    );
    if (fault.ending === ending) return seed;
  }
  throw new Error(`None of the seeds 1 to 100 lets half-done changes end as '${ending}'.`);
};
