/** More names than this nobody reads in a sentence. */
const NAMED_MAX = 10;

/** Names in a sentence, the first few of many. */
export const firstFew = (names: readonly string[]): string =>
  names.length <= NAMED_MAX ? names.join(', ') : `${names.slice(0, NAMED_MAX).join(', ')} and ${names.length - NAMED_MAX} more`;
