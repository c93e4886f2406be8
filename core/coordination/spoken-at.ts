import { SKEW_MS } from './lease.ts';

/** Whether a time lies so far ahead that it cannot be when something was said: further than clocks differ. */
export const isToCome = (at: number, now: number): boolean => at > now + SKEW_MS;

/** When a source spoke, by its own clock. A word that is dated ahead was spoken now: else no later word would count until then. */
export const spokenAt = (dated: number, now: number): number => (isToCome(dated, now) ? now : dated);
