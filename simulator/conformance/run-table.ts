import type { Case } from './case.ts';
import type { Laboratory } from './laboratory.ts';
import { type Result, runCase } from './run-case.ts';

/**
 * Runs cases one after another, for they share keys where the laboratory has only a few.
 * @param tell called with each result as it comes
 * @param isStopped asked before each case; when it says yes, the rest is left out
 */
export const runTable = async (
  lab: Laboratory,
  rows: readonly Case[],
  tell: (result: Result) => void = () => undefined,
  isStopped: () => boolean = () => false,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (const row of rows) {
    if (isStopped()) break;
    const result = await runCase(lab, row);
    results.push(result);
    tell(result);
  }
  return results;
};
