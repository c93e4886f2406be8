import type { Decision } from '../core/decision/decision.ts';
import { createFolderStore } from '../simulator/store/folder-store.ts';
import type { StoryFigures } from '../simulator/story/figures.ts';
import type { World } from '../simulator/world/world.ts';
import { removeRuns, STORY_FILE, TRUTH_FILE } from './evidence-folder.ts';
import { writeReport } from './report/write-report.ts';
import { DECISIONS_FILE } from './why/sources.ts';

/**
 * Writes what the story leaves behind into a folder: each run's evidence, the decisions, the story's figures, the simulator's own truth about
 * every key, so that the two can be compared by somebody who trusts neither, and the page that tells it all to people.
 * @returns where the page lies
 */
export const leaveEvidence = async (folder: string, world: World, figures: StoryFigures): Promise<string> => {
  removeRuns(folder);
  const store = createFolderStore(folder);
  const paths = await inRealTime(world, world.store.list('evidence/'));
  for (const path of paths) {
    const file = await inRealTime(world, world.store.get(path));
    if (file !== undefined) await store.put(path, file.body);
  }
  const decisions = await inRealTime(world, world.table.list<Decision>('decision'));
  await store.put(DECISIONS_FILE, decisions.map(({ id, value }) => `${JSON.stringify({ id, decision: value })}\n`).join(''));
  await store.put(STORY_FILE, `${JSON.stringify(figures, null, 2)}\n`);
  await store.put(TRUTH_FILE, `${JSON.stringify(world.kms.truth())}\n`);
  return writeReport(folder);
};

/** The world's stores take virtual time, which passes only while its clock runs. */
const inRealTime = <T>(world: World, work: Promise<T>): Promise<T> => world.clock.run(work);
