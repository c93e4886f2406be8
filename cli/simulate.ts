import { styleText } from 'node:util';
import type { StoryFigures } from '../simulator/story/figures.ts';
import { play } from '../simulator/story/play.ts';
import type { Story } from '../simulator/story/story.ts';
import { refuseUnfit } from './evidence-folder.ts';
import { EXIT } from './exit-code.ts';
import { leaveEvidence } from './leave-evidence.ts';
import { showWhile } from './live.ts';
import type { SimulateWords } from './options.ts';
import { openPage } from './report/open-page.ts';
import { summary } from './summary.ts';
import { visible } from './visible.ts';

const EXIT_OF: Readonly<Record<StoryFigures['result'], number>> = {
  moved: EXIT.moved,
  'nothing-to-do': EXIT.moved,
  partly: EXIT.partly,
  blocked: EXIT.blocked,
};

/** Plays a story and tells how it ended, as the words ask for it. @returns the exit code */
export const simulate = async (story: Story, words: Pick<SimulateWords, 'json' | 'out' | 'open'>): Promise<number> => {
  const title = story.script === undefined ? `${story.fleetName}-${story.operation}` : `story-${story.script.name}`;
  const folder = words.out ?? `runs/${title}-seed-${story.seed.replace(/[^\w-]/g, '_')}`;
  refuseUnfit(folder);
  const { world, snapshot, end } = await play(story);
  const told = words.json !== true && process.stderr.isTTY ? await showWhile(story, snapshot, end) : await end;
  if (told.kind === 'refused') {
    if (words.json === true) process.stdout.write(`${JSON.stringify(told, null, 2).split('\n').map(visible).join('\n')}\n`);
    process.stderr.write(
      `${styleText('yellow', 'Nothing was started, and no key was touched.')}\n${told.sentences.map(visible).join('\n')}\n`,
    );
    return told.by === 'input' ? EXIT.wrongUse : EXIT.refused;
  }
  const report = await leaveEvidence(folder, world, told);
  process.stdout.write(words.json === true ? `${JSON.stringify({ ...told, evidence: folder, report }, null, 2)}\n` : summary(told, folder));
  // Not to open the page is a person's word; to open it is left to where they are.
  await openPage(report, { json: words.json === true, ...(words.open === false ? { open: false } : {}) });
  return EXIT_OF[told.result];
};
