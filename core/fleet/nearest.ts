/** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein's distance). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
};

/** The longest word that is worth comparing: no field or choice here is longer. */
const lettersMax = 40;

/** The one of `words` that somebody probably meant by `typed`; undefined when none is near enough to be worth naming. */
export const nearest = (typed: string, words: readonly string[]): string | undefined => {
  if (typed.length > lettersMax) return undefined;
  const ranked = words
    .map((word) => ({ word, off: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, off }) => off <= Math.max(1, Math.floor(word.length / 3)))
    .sort((a, b) => a.off - b.off);
  return ranked[0]?.word;
};
