/** The way from the top of the file to one value: field names and list indexes. */
export type FieldPath = readonly (string | number)[];

const PLAIN_NAME = /^[A-Za-z_][\w-]*$/;

/** The path as people write it, for example `fleets.payments.standbys[0]`; the top itself is `the file`. */
export const fieldText = (path: FieldPath): string => {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((text, step) => {
    if (typeof step === 'string' && PLAIN_NAME.test(step)) return text === '' ? step : `${text}.${step}`;
    return `${text}[${JSON.stringify(step)}]`;
  }, '');
};
