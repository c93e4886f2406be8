import type { KeyRecord } from '../../../core/batch/record.ts';
import { keyLines } from '../../../core/evidence/key-lines.ts';
import { ContendedItemError } from '../item.ts';
import { evidencePath } from '../run/evidence-path.ts';
import type { RunFile } from '../run/run-file.ts';
import type { Runtime } from '../runtime.ts';
import { begun, changed, type JudgedBy } from './conclusion.ts';

/** How often lines that somebody else wrote at the same moment are written anew. */
const TRIES_MAX = 12;
const PAUSE_MS_MAX = 120;

export interface LeftLines extends JudgedBy {
  /** Whether nobody had begun to conclude the run before. */
  readonly areNew: boolean;
}

/**
 * Writes a run's lines. Those that an earlier conclusion of this run has written stand; whatever else lies under the run's name has no say
 * and is written over: a stranger's file, and the lines of a run that had the name before. Nothing is read for it.
 *
 * Conclusions at the same moment, which may know different things, agree like this: which lines are meant is noted first, and who has
 * written them confirms the note, with their tag. Until then anybody may replace the note. And nobody writes over lines that came after
 * his own note had taken the place of another: in a bucket that is encrypted with a KMS key each write has a tag of its own, also of the
 * same bytes. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 * @throws ContendedItemError when others were faster each time
 */
export const leaveLines = async (runtime: Runtime, run: RunFile, records: readonly KeyRecord[]): Promise<LeftLines> => {
  const path = evidencePath(run.runId, 'keys.jsonl');
  const { bytes, ...own } = keyLines(records);
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    if (attempt > 0) await runtime.clock.sleep(runtime.random.uniform() * PAUSE_MS_MAX);
    // Seen before the note is, and not at all at first: then nothing may be there.
    const seen = attempt === 0 ? undefined : await runtime.store.tagOf(path);
    const found = await begun(runtime, run, own);
    if (found === undefined) continue;
    const { keysSha256, figures, linesTag } = found.conclusion;
    if (linesTag !== undefined && linesTag === (await runtime.store.tagOf(path))) return { keysSha256, figures, areNew: false };
    // Nobody goes by the lines that were noted, or they are gone.
    const isOurs = linesTag === undefined && keysSha256 === own.keysSha256;
    const noted = isOurs ? found : await changed(runtime, run, found, own);
    if (noted === undefined) continue;
    const tag = await runtime.store.put(path, bytes(), seen === undefined ? { ifAbsent: true } : { ifTag: seen });
    if (tag === undefined) continue;
    if ((await changed(runtime, run, noted, { ...own, linesTag: tag })) !== undefined) return { ...own, areNew: found.isNew };
  }
  throw new ContendedItemError(`Others wrote ${path} ${TRIES_MAX} times while this step tried to.`);
};
