import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { FUNCTION_TIMEOUT_SECONDS, type FunctionName } from '../../core/limits.ts';
import { bundle } from './bundle.ts';
import { ENTRY } from './entry.ts';
import { sizesOf } from './sizes.ts';

const run = promisify(execFile);

/** How often files are imported, each time by a new process; the middle one of the times counts. */
const TURNS = 5;

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(0).padStart(6);
const row = (...cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(24) : cell.padStart(14))).join('');

/** How long a new process takes to import files, one after the other, in milliseconds. */
const importMs = async (...files: readonly string[]): Promise<number> => {
  const imports = files.map((file) => `await import(${JSON.stringify(file)});`).join(' ');
  const code = `const from = performance.now(); ${imports} console.log(performance.now() - from); process.exit(0);`;
  const times: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code]);
    times.push(Number(stdout));
  }
  return times.toSorted((a, b) => a - b)[Math.floor(TURNS / 2)] ?? 0;
};

/** The least that any function of this kind could be: the KMS client and nothing else. */
const bareClient = async (folder: string): Promise<string> => {
  const outfile = join(folder, 'bare.mjs');
  await build({
    stdin: {
      contents: "import { KMSClient } from '@aws-sdk/client-kms'; export const handler = () => new KMSClient({});",
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return outfile;
};

/** Prints what each function weighs and how long it takes to load, beside a bare KMS client: `npm run bundle-report`. */
const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-report-'));
try {
  console.log(row('function', 'kB', 'at start kB', 'on demand kB', 'start ms', 'all of it ms'));
  for (const name of Object.keys(FUNCTION_TIMEOUT_SECONDS) as readonly FunctionName[]) {
    const made = await bundle(name, join(folder, name));
    const { atStart, onDemand } = sizesOf(made.metafile);
    const sizes = [atStart + onDemand, atStart, onDemand].map(kilobytes);
    const start = await importMs(join(made.folder, ENTRY));
    const all = await importMs(...readdirSync(made.folder).map((file) => join(made.folder, file)));
    console.log(row(name, ...sizes, start.toFixed(0), all.toFixed(0)));
  }
  const bare = await bareClient(folder);
  const { size } = statSync(bare);
  const ms = (await importMs(bare)).toFixed(0);
  console.log(row('(a bare KMS client)', ...[size, size, 0].map(kilobytes), ms, ms));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
