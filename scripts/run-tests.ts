/**
 * Runs the tests: `node scripts/run-tests.ts [--long] [files…]`. Without files all but the long ones (`*.long.test.ts`: whole stories
 * in numbers, scripts of other tools, the wire), with --long only those. The files are dealt out to a few processes and run one after the other in
 * each: starting a process for each file would take longer than most files do. There are more parts than cores, so that a
 * core whose files were quick takes over from one whose files were not.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const CORES_MAX = 4;
const PARTS_PER_CORE = 2;
const cores = Math.min(CORES_MAX, availableParallelism());
const partCount = cores * PARTS_PER_CORE;
const { values, positionals } = parseArgs({ options: { long: { type: 'boolean', default: false } }, allowPositionals: true });
const all = globSync('test/**/*.test.ts').toSorted();
const files = positionals.length > 0 ? positionals : all.filter((file) => file.endsWith('.long.test.ts') === values.long);

/** What was compiled once is not compiled again in each part, in each process that a test starts, and at the next run. */
const COMPILED_BEFORE = { NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)) };

interface Part {
  readonly exitCode: number;
  readonly passed: number;
  readonly failed: number;
}

/** The TAP reporter's closing lines: `# pass 12`. */
const counted = (output: string, word: 'pass' | 'fail'): number => Number(new RegExp(`^[#ℹ] ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);

const runPart = (shard: number): Promise<Part> =>
  new Promise((resolve, reject) => {
    const words = ['--test', '--test-isolation=none', `--test-shard=${shard}/${partCount}`, '--test-reporter=spec', ...files];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...COMPILED_BEFORE } });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const part = { exitCode: code ?? 1, passed: counted(output, 'pass'), failed: counted(output, 'fail') };
      if (part.exitCode !== 0) process.stdout.write(output);
      resolve(part);
    });
  });

const waiting = Array.from({ length: partCount }, (_, index) => index + 1);
const parts: Part[] = [];
const work = async (): Promise<void> => {
  for (let shard = waiting.shift(); shard !== undefined; shard = waiting.shift()) parts.push(await runPart(shard));
};
await Promise.all(Array.from({ length: cores }, work));
const sum = (pick: (part: Part) => number): number => parts.reduce((total, part) => total + pick(part), 0);
const passed = sum((part) => part.passed);
const failed = sum((part) => part.failed);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = parts.some((part) => part.exitCode !== 0) || passed === 0 ? 1 : 0;
