import { z } from 'zod';
import { instant } from '../../core/words/time.ts';
import { evidencePath } from '../frame/run/evidence-path.ts';
import { hasEvidence } from '../frame/run/has-evidence.ts';
import { findRun, type RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Beginner } from './called-off.ts';
import { InvalidRequestError } from './errors.ts';

/** A plan that is older than its execution by more than this is another run's; clocks differ by seconds. */
const OLDER_MS_MAX = 3 * 24 * 3_600_000;

/** A time that a `Date` can have. */
const used = z.object({ startedAt: z.int().nonnegative().max(8_640_000_000_000_000) });

/**
 * The plan that this execution has made already; undefined when it has none yet. Step Functions frees a name 90 days after its run, and
 * evidence is kept for longer: two runs of one name would have one place for it.
 * @throws InvalidRequestError when the name was used before
 */
export const ownRun = async (runtime: Runtime, { runId, startedAt }: Omit<Beginner, 'fleet'>): Promise<RunFile | undefined> => {
  const [existing, isUsed] = await Promise.all([findRun(runtime, runId), hasEvidence(runtime, runId)]);
  if (existing !== undefined && startedAt - existing.startedAt <= OLDER_MS_MAX) return existing;
  if (existing === undefined && !isUsed) return undefined;
  const at = existing?.startedAt ?? startIn((await runtime.store.get(evidencePath(runId)))?.body ?? '');
  const when = at === undefined ? 'before, and nothing readable says when' : `by a run that was started at ${instant(at)}`;
  throw new InvalidRequestError([
    `name: the name ${runId} was used ${when}, and what that run left lies under it. What lifts it: start the run again under a new name.`,
  ]);
};

const startIn = (summary: string): number | undefined => {
  try {
    return used.safeParse(JSON.parse(summary)).data?.startedAt;
  } catch {
    return undefined;
  }
};
