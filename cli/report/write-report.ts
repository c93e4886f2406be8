import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { createFolderStore } from '../../simulator/store/folder-store.ts';
import { REPORT_FILE } from '../evidence-folder.ts';
import { WrongUseError } from '../wrong-use.ts';
import { leftIn } from './read/folder.ts';
import { render } from './render.ts';
import { pageOf } from './view/page.ts';

/**
 * Makes the page of a folder, anew where there is one.
 * @param intent of real runs, which to tell of: the latest without it
 * @returns where it lies
 * @throws WrongUseError for a folder that holds something else, or into which nothing can be written
 */
export const writeReport = async (folder: string, intent?: string): Promise<string> => {
  const path = join(folder, REPORT_FILE);
  const page = render(pageOf(leftIn(folder), intent));
  try {
    // What a link leads to is not ours to write, and a page in the link's own place is not what whoever made it looks at.
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile())
      throw new WrongUseError([
        `${path} is a ${there.isSymbolicLink() ? 'link' : 'folder'}; expected a page made before, or nothing. Remove it.`,
      ]);
    await createFolderStore(folder).put(REPORT_FILE, page);
  } catch (error) {
    if (error instanceof WrongUseError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new WrongUseError([`${path} cannot be written (${String(error.code)}); expected a folder that may be written to.`]);
  }
  return path;
};
