import { WARM_UP, WARMED_UP } from '../../core/run/warm-up.ts';
import type { VirtualClock } from '../clock/virtual-clock.ts';
import { deliver } from '../lambda/deliver.ts';
import type { Lambda } from '../lambda/lambda.ts';
import type { Seeded } from '../random/seeded.ts';

/** How long EventBridge takes from an execution's start to its rule's targets. AWS promises no figure; half a second is usual. */
const DELIVERED_AFTER_MS = { low: 300, high: 1_500 } as const;

interface RunBeginsParts {
  readonly clock: VirtualClock;
  readonly random: Seeded;
  readonly lambda: Lambda;
}

/** What the rule for executions that begin does on AWS: starts the functions that the run will come to. */
export const runBegins = async (runId: string, { clock, random, lambda }: RunBeginsParts): Promise<void> => {
  await Promise.all(
    WARMED_UP.map(async (name) => {
      await clock.sleep(Math.round(random.stream(`${runId}/${name}`).between(DELIVERED_AFTER_MS.low, DELIVERED_AFTER_MS.high)));
      await deliver(clock, () => lambda.invoke(name, WARM_UP));
    }),
  );
};
