import type { Start } from '../decision/start.ts';
import type { Region } from '../region.ts';

/** What is noted of a run before it is started by anything but a person: so the plan knows who wants it, and why. */
export interface AnnouncedRun {
  /** The signal in words. */
  readonly signal: string;
  readonly announcedAt: number;
  /** The control Region that starts it, and knows what becomes of its execution. */
  readonly controlRegion: Region;
  readonly start: Start['by'];
  /** Where the primaries are, as the decision found it. */
  readonly source: Region;
  /** The decision behind it. */
  readonly decision?: string;
  /** Who approved the decision, where a person did. */
  readonly approvedBy?: string;
}
