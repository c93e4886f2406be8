/** Something that happened in a story, as a person tells it. */
export interface Chapter {
  /** Simulated seconds since the story began. */
  readonly seconds: number;
  readonly text: string;
}
