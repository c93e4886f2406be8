import type { Runtime } from '../runtime.ts';
import { evidencePath } from './evidence-path.ts';

/** Whether evidence lies under a run's name: its own, or that of a run that had the name before, which outlives everything else of it. */
export const hasEvidence = async ({ store }: Pick<Runtime, 'store'>, runId: string): Promise<boolean> => {
  const tags = await Promise.all([store.tagOf(evidencePath(runId)), store.tagOf(evidencePath(runId, 'keys.jsonl'))]);
  return tags.some((tag) => tag !== undefined);
};
