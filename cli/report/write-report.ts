import { join } from 'node:path';
import { createFolderStore } from '../../simulator/store/folder-store.ts';
import { REPORT_FILE } from '../evidence-folder.ts';
import { leftIn } from './read/folder.ts';
import { render } from './render.ts';
import { pageOf } from './view/page.ts';

/**
 * Makes the page of a folder, anew where there is one.
 * @param intent of real runs, which to tell of: the latest without it
 * @returns where it lies
 * @throws WrongUseError for a folder that holds something else
 */
export const writeReport = async (folder: string, intent?: string): Promise<string> => {
  const page = render(pageOf(leftIn(folder), intent));
  await createFolderStore(folder).put(REPORT_FILE, page);
  return join(folder, REPORT_FILE);
};
