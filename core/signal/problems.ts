import type { z } from 'zod';
import { gotText } from '../fleet/got.ts';

/** A sentence for everything that is wrong with an event: the field, what was expected and what came. */
export const problemsOf = (error: z.ZodError, raw: unknown): readonly string[] =>
  error.issues.map(({ path, message }) => {
    const field = path.map(String).join('.');
    const expected = message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
    return `${field === '' ? 'the event' : field}: ${expected}; got ${gotText(valueAt(raw, path))}.`;
  });

const valueAt = (raw: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined), raw);
