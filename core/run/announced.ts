/** What `trigger` notes of a run before it starts it: so the plan knows that no person did. */
export interface AnnouncedRun {
  /** The signal in words. */
  readonly signal: string;
  readonly announcedAt: number;
}
