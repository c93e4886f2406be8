import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { FILE_BYTES_MAX as LONGEST_OF } from '../../../core/evidence/examine.ts';
import { WrongUseError } from '../../wrong-use.ts';

/** No file of a folder is longer than the longest of a run. */
const FILE_BYTES_MAX = LONGEST_OF['keys.jsonl'];

/** The text of a file, or undefined where there is none. @throws WrongUseError when it cannot be read */
export const textOf = (path: string): string | undefined => bytesOf(path)?.toString();

/** The bytes of a file, or undefined where there is none. @throws WrongUseError when it cannot be read */
export const bytesOf = (path: string): Buffer | undefined =>
  reading(path, () => {
    if (!existsSync(path)) return undefined;
    const { size } = statSync(path);
    if (size > FILE_BYTES_MAX)
      throw new WrongUseError([`${path}: expected a file of at most ${FILE_BYTES_MAX / 1024 / 1024} MiB; got one of ${size} bytes.`]);
    return readFileSync(path);
  });

/** The names of the folders within a folder; none where there is no such folder. @throws WrongUseError when it cannot be read */
export const foldersIn = (path: string): readonly string[] =>
  reading(path, () =>
    existsSync(path) ? readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])) : [],
  );

const reading = <T>(path: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof WrongUseError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new WrongUseError([`${path} cannot be read (${String(error.code)}).`]);
  }
};
