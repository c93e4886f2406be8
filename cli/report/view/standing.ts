import type { EvidenceLine } from '../../../core/evidence/line-schema.ts';
import { keyName } from '../../../core/key/key.ts';
import type { RunLeft } from '../read/folder.ts';

/** A key's line, and the run that wrote it. */
export interface StandingLine {
  readonly line: EvidenceLine;
  readonly runId: string;
}

/**
 * One line for each key: that of the last run, unless it only found in place what an earlier one had promoted.
 * @param runs in the order in which they began
 */
export const standingLines = (runs: readonly RunLeft[]): readonly StandingLine[] => {
  const standing = new Map<string, StandingLine>();
  for (const { summary, lines } of runs)
    for (const line of lines) {
      const before = standing.get(keyName(line))?.line;
      const stands = before?.outcome === 'promoted' && line.outcome === 'already-primary';
      if (!stands) standing.set(keyName(line), { line, runId: summary.runId });
    }
  return [...standing.values()];
};
