import { Progress } from '../../simulator/story/progress.ts';
import { layOutFleetFile, setStage } from '../../simulator/story/stage-set.ts';
import { warmUpSdk } from '../../simulator/world/warm-up.ts';
import type { World } from '../../simulator/world/world.ts';
import { type StoryWords, storyWith } from './stories.ts';

/** Builds the world of a story, with its keys and its fleet file, and does there what the test says, in virtual time. */
export const inWorld = async <T>(words: StoryWords, deeds: (world: World) => Promise<T>): Promise<T> => {
  await warmUpSdk();
  const story = storyWith(words);
  const world = setStage(story, new Progress());
  const all = async (): Promise<T> => {
    await layOutFleetFile(story, world);
    return deeds(world);
  };
  return world.clock.run(all());
};
