/** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein's distance). */
const distance = (a: string, b: string): number => {
  let row = [...Array(b.length + 1).keys()];
  let corner = b.length;
  for (const [i, letter] of a.split('').entries()) {
    let [left, diagonal] = [i + 1, i];
    const next = [left];
    for (const [j, above] of row.slice(1).entries()) {
      left = Math.min(above + 1, left + 1, diagonal + (letter === b[j] ? 0 : 1));
      next.push(left);
      diagonal = above;
    }
    row = next;
    corner = left;
  }
  return corner;
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
