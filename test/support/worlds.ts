import { type Incident, incidentOf } from '../../simulator/story/incident.ts';
import { Progress } from '../../simulator/story/progress.ts';
import { layOutFleetFile, setStage } from '../../simulator/story/stage-set.ts';
import type { Story } from '../../simulator/story/story.ts';
import { warmUpSdk } from '../../simulator/world/warm-up.ts';
import type { World } from '../../simulator/world/world.ts';
import { type StoryWords, storyWith } from './stories.ts';

/** Builds the world of a story, with its keys and its fleet file, and does there what the test says, in virtual time. */
export const inWorld = <T>(words: StoryWords, deeds: (world: World, incident: Incident) => Promise<T>): Promise<T> =>
  inWorldOf(storyWith(words), deeds);

/** The same, of a story that is put together already. */
export const inWorldOf = async <T>(story: Story, deeds: (world: World, incident: Incident) => Promise<T>): Promise<T> => {
  await warmUpSdk();
  const incident = incidentOf(story);
  const world = setStage(story, new Progress(), incident);
  const all = async (): Promise<T> => {
    await layOutFleetFile(story, world);
    return deeds(world, incident);
  };
  return world.clock.run(all());
};
