/** A moment as the sentences of decisions write it, to the second: 2026-10-20T07:41:00Z. */
export const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** A length of time in words: 40 s, 12 min, 3 h, 1 h 30 min. Rounded up, so that nobody comes too early. */
export const span = (ms: number): string => {
  if (ms <= 90_000) return `${Math.max(0, Math.ceil(ms / 1000))} s`;
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
};
