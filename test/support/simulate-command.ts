import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

export const root = new URL('../../', import.meta.url).pathname;

/** The `simulate` command in a process of its own, and a folder for what it leaves and is given. */
export const simulateCommand = () => {
  const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-cli-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'simulate', '--out', join(folder, 'out'), ...words], {
      cwd: root,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return { folder, run, write };
};
