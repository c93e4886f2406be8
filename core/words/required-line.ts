import { z } from 'zod';

/** A line that a person writes: a name, or the reason for the record. Spaces around it are none of it. @param what it is, in words that follow "expected" */
export const requiredLine = (what: string) =>
  z
    .string(`expected ${what}`)
    .trim()
    .min(1, `expected ${what}, not an empty text`)
    .max(1_024, `expected ${what} of at most 1,024 characters`);
