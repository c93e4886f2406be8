import { stripVTControlCharacters } from 'node:util';

/** A stretch of text in one style. */
interface Run {
  readonly text: string;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly colour: string | undefined;
}

type Style = Omit<Run, 'text'>;

const PLAIN: Style = { bold: false, dim: false, colour: undefined };
const BACKGROUND = '#0d1117';
const FOREGROUND = '#e6edf3';
/** The colours that the command uses, by the code that switches each on. */
const COLOURS: Readonly<Record<string, string>> = { 31: '#ff7b72', 32: '#56d364', 33: '#e3b341', 34: '#79c0ff', 36: '#76e3ea' };

const COLUMN = 8.4;
const LINE = 20;
const FONT_SIZE = 14;
const MARGIN = 20;
const TITLE_BAR = 36;
/** How far the rest of a line that is too long is set in. */
const INDENT = 4;

const CONTROL = String.fromCharCode(27);

/**
 * Draws what a terminal of so many columns would show of `text`, as an SVG document: a dark window with round corners.
 * Lines that are too long go on in the next one, broken at a space. The same text always gives the same document.
 * @throws when the text holds a control sequence that is none of bold, dim, the colours above, or their ends.
 */
export const terminalSvg = (text: string, { columns, title }: { readonly columns: number; readonly title: string }): string => {
  const lines = text.split('\n').flatMap((line) => wrapped(styled(line), columns));
  const width = Math.ceil(columns * COLUMN + 2 * MARGIN);
  const height = TITLE_BAR + lines.length * LINE + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(stripVTControlCharacters(text).trim())}</desc>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map((fill, index) => `<circle cx="${MARGIN + 4 + index * 20}" cy="18" r="6" fill="${fill}"/>`),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" fill="${FOREGROUND}" xml:space="preserve">`,
    ...lines.flatMap((line, index) => drawn(line, TITLE_BAR + index * LINE + FONT_SIZE)),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Cuts a line where its style changes. */
const styled = (line: string): Run[] => {
  const runs: Run[] = [];
  let style = PLAIN;
  const [first = '', ...parts] = line.split(CONTROL);
  if (first !== '') runs.push({ ...style, text: first });
  for (const part of parts) {
    const [sequence, code] = /^\[(\d+)m/.exec(part) ?? [];
    if (sequence === undefined || code === undefined)
      throw new Error(`Expected a style such as [32m after an escape; got ${JSON.stringify(part.slice(0, 10))}.`);
    style = restyled(style, code);
    const rest = part.slice(sequence.length);
    if (rest !== '') runs.push({ ...style, text: rest });
  }
  return runs;
};

const restyled = (style: Style, code: string): Style => {
  switch (code) {
    case '1':
      return { ...style, bold: true };
    case '2':
      return { ...style, dim: true };
    case '22':
      return { ...style, bold: false, dim: false };
    case '39':
      return { ...style, colour: undefined };
    default: {
      const colour = COLOURS[code];
      if (colour === undefined)
        throw new Error(`Expected one of the style codes 1, 2, 22, 39, ${Object.keys(COLOURS).join(', ')}; got ${code}.`);
      return { ...style, colour };
    }
  }
};

/** Breaks a line into as many as its words need. */
const wrapped = (runs: readonly Run[], columns: number): Run[][] => {
  const lines: Run[][] = [[]];
  let used = 0;
  for (const run of runs) {
    for (const text of run.text.match(/\s*\S+|\s+$/g) ?? []) {
      const breaks = used > INDENT && used + text.length > columns;
      if (breaks) lines.push([{ ...PLAIN, text: ' '.repeat(INDENT) }]);
      const kept = breaks ? text.trimStart() : text;
      used = (breaks ? INDENT : used) + kept.length;
      lines.at(-1)?.push({ ...run, text: kept });
    }
  }
  return lines.map(joined);
};

/** Neighbours of one style made one run, so that the document stays small. */
const joined = (line: readonly Run[]): Run[] => {
  const runs: Run[] = [];
  for (const run of line) {
    const last = runs.at(-1);
    const alike = last !== undefined && last.bold === run.bold && last.dim === run.dim && last.colour === run.colour;
    if (alike) runs[runs.length - 1] = { ...last, text: last.text + run.text };
    else runs.push(run);
  }
  return runs;
};

/** Each run gets its place and its length, so that columns stay columns in whatever font the reader has. */
const drawn = (line: readonly Run[], y: number): string[] => {
  let column = 0;
  return line.flatMap((run) => {
    const from = column + (run.text.length - run.text.trimStart().length);
    column += run.text.length;
    const text = run.text.trim();
    if (text === '') return [];
    const attributes = [
      `x="${round(MARGIN + from * COLUMN)}" y="${y}" textLength="${round(text.length * COLUMN)}"`,
      ...(run.bold ? ['font-weight="bold"'] : []),
      ...(run.dim ? ['opacity="0.6"'] : []),
      ...(run.colour === undefined ? [] : [`fill="${run.colour}"`]),
    ];
    return [`<text ${attributes.join(' ')}>${escaped(text)}</text>`];
  });
};

const round = (value: number): number => Math.round(value * 10) / 10;
