import type { Story } from '../story.ts';
import type { Teller } from '../teller.ts';

/** A story that was written beforehand, to be played by its name. */
export interface NamedStory {
  /** What it is about, for the help. */
  readonly sentence: string;
  /** What is different about its world. */
  readonly setting: (story: Story) => Story;
  readonly tell: (teller: Teller) => Promise<void>;
}
