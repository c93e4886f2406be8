import { keyLines } from '../../core/evidence/key-lines.ts';
import { begun, noteTold } from '../../functions/frame/ending/conclusion.ts';
import { evidencePath } from '../../functions/frame/run/evidence-path.ts';
import type { Runtime } from '../../functions/frame/runtime.ts';
import { runWith } from './runs.ts';

/** Leaves what says that a run of `runWith` has reported, and told all of it. */
export const reportedBy = async (runtime: Runtime, runId: string, summary = '{}'): Promise<void> => {
  const run = runWith({ runId });
  await runtime.store.put(evidencePath(runId), summary);
  await begun(runtime, run, keyLines([]));
  await noteTold(runtime, run);
};
