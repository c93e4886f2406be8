const charactersMax = 80;

const shortened = (text: string): string => (text.length <= charactersMax ? text : `${text.slice(0, charactersMax)}…`);

/** A value from the file in words that follow "got", short enough for one line. */
export const gotText = (value: unknown): string => {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(shortened(value));
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value !== 'object') return String(value);
  const fields = Object.keys(value);
  return fields.length === 0 ? 'an empty mapping' : `a mapping with ${shortened(fields.join(', '))}`;
};
