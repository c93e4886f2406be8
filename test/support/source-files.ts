import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One TypeScript file of the project, by its path from the root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every TypeScript file below a folder of the project; none when the project has no such folder. */
export const sourceFiles = (folder: string): SourceFile[] => {
  if (!existsSync(`${root}${folder}`)) return [];
  return readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => posix.join(folder, name))
    .map((path) => ({ path, text: readFileSync(`${root}${path}`, 'utf8') }));
};

const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g;

/** What a file imports: packages by their names, files of the project by their paths from its root. */
export const importsOf = ({ path, text }: SourceFile): string[] =>
  [...codeOf(text).matchAll(IMPORT)].flatMap(([, name = '']) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name));

/** A file without its comments. A comment within a text is taken for one: too little is read then, never too much. */
export const codeOf = (text: string): string => {
  const known = codes.get(text);
  if (known !== undefined) return known;
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
  codes.set(text, code);
  return code;
};

/** Each file is asked for by every rule. */
const codes = new Map<string, string>();
