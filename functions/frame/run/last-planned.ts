import type { Runtime } from '../runtime.ts';
import { findRun, type RunFile } from './run-file.ts';

/**
 * The last of an intent's runs that has a plan: one whose plan was refused or died touched nothing and left nothing to carry on.
 * @param runIds the first generation first
 */
export const lastPlanned = async (runtime: Pick<Runtime, 'store'>, runIds: readonly string[]): Promise<RunFile | undefined> => {
  for (const runId of runIds.toReversed()) {
    const run = await findRun(runtime, runId);
    if (run !== undefined) return run;
  }
  return undefined;
};
