import { keyName } from '../key/key.ts';
import type { Region } from '../region.ts';
import { instant } from '../words/time.ts';
import type { KeyRecord } from './record.ts';

const CODE = 'MATERIAL_EXPIRES';
const NAMED_MAX = 5;

/** What is noted with a key that goes where its imported material is about to expire. */
export const expiryNote = (target: Region, expiresAt: number): string =>
  `${CODE}: the imported key material expires in ${target} at ${instant(expiresAt)}; import it there again before, or nothing decrypts there from then on`;

/** What is said of a run’s keys with such a note, in one sentence for all of them; nothing where there are none. */
export const expiryNotes = (records: readonly KeyRecord[]): readonly string[] => {
  const some = records.filter(({ notes }) => notes.some((note) => note.startsWith(CODE)));
  if (some.length === 0) return [];
  const named = some.slice(0, NAMED_MAX).map(keyName);
  const rest = some.length > NAMED_MAX ? ` and ${some.length - NAMED_MAX} more` : '';
  return [
    `${CODE}: the imported key material of ${named.join(', ')}${rest} expires in the target within a day; import it there again, the evidence has when.`,
  ];
};
