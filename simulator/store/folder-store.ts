import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Store } from '../../core/ports/store.ts';
import { utf8Order } from '../table/utf8-order.ts';
import { contentTag } from './content-tag.ts';
import { holds } from './holds.ts';

/** Names between slashes, none empty and none with a dot in front: so no path climbs out, and none meets our own files. */
const PLAIN_PATH = /^(?:[^./\\\0][^/\\\0]*)(?:\/[^./\\\0][^/\\\0]*)*$/;
/** How the names of files begin that are not in their place yet. */
export const PARTIAL = '.partial-';

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** What `act` gives, or `otherwise` when the file or folder it asks for does not exist. */
const unlessMissing = <T>(act: () => T, otherwise: T): T => {
  try {
    return act();
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
};

/**
 * The working bucket as files under a folder, for looking at afterwards. A path cannot be a document and a folder of
 * documents at once, as it could in S3; that throws, and so does a path that would leave the folder.
 *
 * All file access is synchronous. It makes check and write one step that nothing in this process can come between; and
 * under a virtual clock nothing real is ever waited for, so that time does not run on while a file is read.
 */
export const createFolderStore = (folder: string): Store => {
  const fileOf = (path: string): string => {
    if (!PLAIN_PATH.test(path)) {
      throw new Error(`Expected a path of plain names joined by /, none beginning with a dot; got ${JSON.stringify(path)}.`);
    }
    return join(folder, path);
  };
  const bodyOf = (path: string): string | undefined => unlessMissing(() => readFileSync(fileOf(path), 'utf8'), undefined);

  return {
    async get(path) {
      const body = bodyOf(path);
      return body === undefined ? undefined : { body, tag: contentTag(body) };
    },

    async tagOf(path) {
      const body = bodyOf(path);
      return body === undefined ? undefined : contentTag(body);
    },

    async put(path, body, condition) {
      const file = fileOf(path);
      const stored = condition === undefined ? undefined : bodyOf(path);
      if (!holds(condition, stored === undefined ? undefined : contentTag(stored))) return undefined;
      mkdirSync(dirname(file), { recursive: true });
      // Renamed into place, so that a process that dies leaves the old document or the new one, never half of one. A name that nobody
      // guesses, and a file that must be new: a link that somebody has put there leads to no other file.
      const partial = join(folder, `${PARTIAL}${randomUUID()}`);
      try {
        writeFileSync(partial, body, { flag: 'wx' });
        renameSync(partial, file);
      } finally {
        rmSync(partial, { force: true });
      }
      return contentTag(body);
    },

    async list(prefix) {
      const entries = unlessMissing(() => readdirSync(folder, { recursive: true, withFileTypes: true }), []);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/'))
        .filter((path) => !path.startsWith(PARTIAL) && path.startsWith(prefix))
        .toSorted(utf8Order);
    },
  };
};
