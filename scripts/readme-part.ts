/** A document with other lines between the comments that mark a part of it. @throws when the marks are missing */
export const withPart = (text: string, name: string, lines: readonly string[]): string => {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`Expected the README to have the comments ${begin} and ${end}.`);
  return `${before}${begin}\n\n${lines.join('\n')}\n\n${end}${after}`;
};
