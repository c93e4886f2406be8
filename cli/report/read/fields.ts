import { z } from 'zod';
import { summarySchema } from '../../../core/evidence/summary-schema.ts';

/** The furthest moment from 1970 that a Date can hold, in milliseconds. */
export const MOMENT_MS_MAX = 8.64e15;

/** What the documents of a story have in common. */
export const text = z.string('expected a text');
export const texts = z.array(text, 'expected a list of texts');
export const count = z.int('expected a whole number').min(0, 'expected a whole number from 0');
export const seconds = z.number('expected a number of seconds');
export const moment = z
  .number('expected a time in milliseconds since 1970')
  .min(0, 'expected a time in milliseconds since 1970')
  .max(MOMENT_MS_MAX, 'expected a time in milliseconds since 1970');
export const counts = z.record(z.string(), count, 'expected counts by name');
export const { reasons: reasonCounts, result: runResult, operation } = summarySchema.shape;
