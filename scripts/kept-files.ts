import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** A file that follows from the code, and is kept beside it for people and editors. */
interface KeptFile {
  readonly path: string;
  readonly wanted: string;
}

/** The path of a file of the project, by its path from the root. */
export const inProject = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Writes the files; with `--check` among the arguments it only compares.
 * @param source what the files follow from
 * @param script the script of this folder that writes them
 * @returns a sentence for each file that is missing or says something else
 */
export const keepFiles = (files: readonly KeptFile[], source: string, script: string, args: readonly string[]): readonly string[] => {
  const { values } = parseArgs({ args: [...args], options: { check: { type: 'boolean', default: false } } });
  if (values.check)
    return files
      .filter(({ path, wanted }) => !existsSync(path) || readFileSync(path, 'utf8') !== wanted)
      .map(({ path }) => `${path} does not say what ${source} says; run \`node scripts/${script}\` and commit the result.`);
  for (const { path, wanted } of files) writeFileSync(path, wanted);
  return [];
};

/** The same as a whole script: by the arguments of the process, with exit code 1 when there is something to say. */
export const keepAsAsked = (files: readonly KeptFile[], source: string, script: string): void => {
  const complaints = keepFiles(files, source, script, process.argv.slice(2));
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
};
