import { parseTimestamp } from '../timestamp.ts';
import type { WaitState, WaitUntil } from './definition.ts';
import type { Fields } from './fields.ts';
import { SECONDS_MAX } from './read-errors.ts';
import { readPath } from './read-path.ts';
import { readBase, readNext } from './read-step.ts';

const readUntil = (fields: Fields): WaitUntil => {
  const given = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((field) => fields.optional(field) !== undefined);
  if (given.length !== 1)
    fields.refuse('Seconds', `a Wait needs exactly one of Seconds, SecondsPath, Timestamp and TimestampPath, got ${given.length}.`);
  const seconds = fields.optionalInteger('Seconds', 0, SECONDS_MAX);
  if (seconds !== undefined) return { kind: 'seconds', seconds };
  if (given[0] === 'SecondsPath') return { kind: 'secondsPath', path: readPath(fields, 'SecondsPath', 'context-too') };
  if (given[0] === 'TimestampPath') return { kind: 'timestampPath', path: readPath(fields, 'TimestampPath', 'context-too') };
  const text = fields.text('Timestamp');
  return {
    kind: 'timestamp',
    at: parseTimestamp(text) ?? fields.refuse('Timestamp', `expected a timestamp such as 2026-10-20T07:41:00Z, got ${text}.`),
  };
};

export const readWait = (name: string, fields: Fields): WaitState => ({
  type: 'Wait',
  ...readBase(name, fields),
  next: readNext(fields),
  until: readUntil(fields),
});
