import { nearest } from '../../../core/fleet/nearest.ts';
import type { Story } from '../story.ts';
import { approve } from './approve.ts';
import { automatic } from './automatic.ts';
import { blockedThenRecovers } from './blocked-then-recovers.ts';
import { drill } from './drill.ts';
import { drillInterrupted } from './drill-interrupted.ts';
import { failback } from './failback.ts';
import type { NamedStory } from './named-story.ts';
import { noise } from './noise.ts';
import { stopped } from './stopped.ts';

/** Every story that can be played by its name. */
export const NAMED_STORIES: Readonly<Record<string, NamedStory>> = {
  automatic,
  approve,
  noise,
  drill,
  'drill-interrupted': drillInterrupted,
  'blocked-then-recovers': blockedThenRecovers,
  failback,
  stopped,
};

/** @returns the story in the setting of the one named, or the sentence that says that there is none of that name */
export const namedStory = (name: string, story: Story): Story | { readonly sentence: string } => {
  const found = Object.hasOwn(NAMED_STORIES, name) ? NAMED_STORIES[name] : undefined;
  if (found !== undefined) return { ...found.setting(story), script: { name, tell: found.tell } };
  const names = Object.keys(NAMED_STORIES);
  const meant = nearest(name, names);
  return {
    sentence: `There is no story named '${name}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`} The stories are ${names.join(', ')}.`,
  };
};
