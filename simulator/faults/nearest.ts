/** How many letters must be changed, added or left out to make one word of the other (Levenshtein). */
const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
};

/** The known word that looks most like a mistyped one. */
export const nearest = (mistyped: string, known: readonly string[]): string =>
  known.reduce((best, word) => (distance(mistyped, word) < distance(mistyped, best) ? word : best));
