// Draws the pictures of the README: runs the commands that stand in them and writes what they print as SVG.
// With --check it writes nothing and fails when a picture shows something else than its command prints.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { terminalSvg } from './terminal-svg.ts';

const COLUMNS = 104;
const PICTURES = [
  { file: 'run.svg', options: [] },
  { file: 'blocked.svg', options: ['--fault', 'source-down'] },
] as const;

const command = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
const fleets = fileURLToPath(new URL('../fleets.yaml', import.meta.url));
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

/** What the command prints on a terminal with colours. It works in a folder of its own, so that no run of yours is overwritten. */
const printed = (options: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-picture-'));
  try {
    const env = { ...process.env, FORCE_COLOR: '1', NO_COLOR: undefined };
    const { stdout, stderr } = spawnSync(process.execPath, [command, 'simulate', '--fleets', fleets, ...options], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (!stdout.includes('simulated')) throw new Error(`Expected the summary of a simulated run on stdout; got this on stderr: ${stderr}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

for (const { file, options } of PICTURES) {
  const path = fileURLToPath(new URL(`../docs/pictures/${file}`, import.meta.url));
  const typed = ['npm', 'start', ...(options.length > 0 ? ['--', ...options] : [])].join(' ');
  const svg = terminalSvg(`$ ${typed}\n${printed(options).trimEnd()}`, { columns: COLUMNS, title: `What ${typed} prints` });
  if (!values.check) {
    writeFileSync(path, svg);
  } else if (readFileSync(path, 'utf8') !== svg) {
    console.error(`docs/pictures/${file} is not what \`${typed}\` prints; run \`node scripts/draw-run.ts\` and commit the result.`);
    process.exitCode = 1;
  }
}
