/** A table in Markdown with its columns aligned, as the repository's formatter wants it. Every row has as many cells as the head. */
export const markdownTable = (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] => {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
};
