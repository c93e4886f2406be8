import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createFolderStore } from '../../../simulator/store/folder-store.ts';
import { storeContract } from '../../contracts/store.ts';

let home: string;
let folders = 0;
before(() => {
  home = mkdtempSync(join(tmpdir(), 'folder-store-'));
});
after(() => rmSync(home, { recursive: true }));

/** A folder of its own, which does not exist yet. */
const newFolder = (): string => {
  folders += 1;
  return join(home, `store-${folders}`);
};

storeContract('A folder', async () => createFolderStore(newFolder()));

describe('A folder store', () => {
  it('keeps each document as a file of that name, and nothing beside them', async () => {
    const folder = newFolder();
    const store = createFolderStore(folder);
    await store.put('runs/r1/report.json', '{"green":true}');

    assert.equal(readFileSync(join(folder, 'runs', 'r1', 'report.json'), 'utf8'), '{"green":true}');
    assert.deepEqual(readdirSync(folder), ['runs']);
  });

  it('leaves nothing half written when it cannot put a document in its place', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'taken', 'by-a-folder'), { recursive: true });

    await assert.rejects(createFolderStore(folder).put('taken', 'x'));
    assert.deepEqual(readdirSync(folder), ['taken']);
  });

  it('finds what an earlier process left there', async () => {
    const folder = newFolder();
    const tag = await createFolderStore(folder).put('runs/a', 'kept');

    const store = createFolderStore(`${folder}/`);

    assert.deepEqual(await store.get('runs/a'), { body: 'kept', tag });
    assert.deepEqual(await store.list(''), ['runs/a']);
  });

  for (const path of [
    '',
    '/etc/passwd',
    '..',
    '../outside',
    'runs/../../outside',
    'runs//a',
    'runs/',
    './a',
    '.partial',
    'runs\\..\\a',
    'a\0b',
  ]) {
    it(`refuses the path ${JSON.stringify(path)}`, async () => {
      const store = createFolderStore(newFolder());

      await assert.rejects(store.put(path, 'x'), /^Error: Expected a path of plain names joined by \//);
      await assert.rejects(store.get(path), /^Error: Expected a path of plain names joined by \//);
    });
  }

  it('does not follow a prefix out of the folder', async () => {
    const folder = newFolder();
    await createFolderStore(folder).put('secret', 'x');

    assert.deepEqual(await createFolderStore(join(folder, 'inner')).list('../'), []);
  });

  it('throws rather than keep a document where a folder of documents is', async () => {
    const store = createFolderStore(newFolder());
    await store.put('runs/a', 'x');

    await assert.rejects(store.put('runs', 'y'));
    await assert.rejects(store.put('runs/a/b', 'y'));
    assert.deepEqual(await store.list(''), ['runs/a']);
  });
});
