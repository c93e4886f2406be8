/** How long the past is kept for stale reads: longer than the oldest read any fault makes (120 s). */
export const HISTORY_MS = 180_000;
