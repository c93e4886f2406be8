/**
 * What the batches of an account tell each other about a Region that does not answer, so that not each of them waits out
 * the same timeouts. One item per account and Region.
 */
export interface Darkness {
  /** When it was first found dark, in one unbroken stretch. */
  readonly since: number;
  /** When it was last found dark. */
  readonly seenAt: number;
  /** A Region that answered again; the next darkness starts anew. */
  readonly over: boolean;
}

/** How long one batch's verdict spares the others the look. */
export const VERDICT_MS = 30_000;
/** A stretch of darkness that nobody confirmed for this long is not the same stretch any more. */
const STRETCH_MS = 120_000;

/** Whether the shared verdict still stands, so that nobody need ask the Region again. */
export const isDark = (darkness: Darkness | undefined, now: number): boolean =>
  darkness !== undefined && !darkness.over && now - darkness.seenAt < VERDICT_MS;

/** Whether the wait for the Region has lasted long enough. @param patienceMs for how long the fleet waits before its keys are parked */
export const patienceIsOver = (darkness: Darkness | undefined, now: number, patienceMs: number): boolean =>
  darkness !== undefined && !darkness.over && now - darkness.since >= patienceMs;

/** The item after a batch found the Region dark (or not): undefined when there is nothing new to tell. */
export const observedDarkness = (before: Darkness | undefined, dark: boolean, now: number): Darkness | undefined => {
  if (!dark) return before === undefined || before.over ? undefined : { ...before, seenAt: now, over: true };
  const sameStretch = before !== undefined && !before.over && now - before.seenAt < STRETCH_MS;
  return { since: sameStretch ? before.since : now, seenAt: now, over: false };
};
