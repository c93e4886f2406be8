// Measures this project and what one would write instead, each row in a process of its own, and prints tables, or with --json the rows.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders/all.ts';
import { planRows } from './plan-rows.ts';
import { type Row, type RowAsk, SCENARIOS, type ScenarioName } from './row.ts';
import { tables } from './table.ts';

const HELP = `npm run bench -- [--json] [--keys 100,1000] [--scenario alone] [--contender mrk-failover] [--seed 4]

Without options every row is measured, and what the simulator itself costs, which takes most of an hour; what is named narrows it
down to rows. Several values: commas between.
  --json        the rows as one JSON array on stdout, and nothing else there
  --keys        numbers of keys; 100000 lie in 50 accounts, any other number in one
  --scenario    ${Object.keys(SCENARIOS).join(', ')}
  --contender   ${CONTENDERS.map(({ name }) => name).join(', ')}
  --seed        seeds of the simulated world; 4, 10 and 1 draw the three shapes of KMS's quota, 3 the first again with refused calls counted
`;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    keys: { type: 'string' },
    scenario: { type: 'string' },
    contender: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const listed = (text: string | undefined): readonly string[] | undefined => text?.split(',');

const oneOf = <T extends string>(option: string, known: readonly T[], text: string | undefined): readonly T[] | undefined =>
  listed(text)?.map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw new RangeError(`--${option}: expected one of ${known.join(', ')}; got "${name}".`);
    return found;
  });

const wholeNumbers = (text: string | undefined): readonly number[] | undefined =>
  listed(text)?.map((number) => {
    if (/^[1-9]\d{0,5}$/.test(number)) return Number(number);
    throw new RangeError(`--keys: expected whole numbers from 1 to 999999 with commas between; got "${number}".`);
  });

/**
 * The heap that a row's process gets. Without a limit it would keep garbage for as long as the machine has room, and the row would tell of
 * the machine.
 */
const heapMbMax = ({ keys }: RowAsk): number => Math.max(HEAP_MB_MIN, Math.ceil(keys * HEAP_MB_PER_KEY));
const HEAP_MB_MIN = 400;
const HEAP_MB_PER_KEY = 0.04;

/** Measures a row in a process of its own. */
const measured = (ask: RowAsk): Promise<Row> =>
  new Promise((resolve, reject) => {
    const oneRow = fileURLToPath(new URL('one-row.ts', import.meta.url));
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMbMax(ask)}`, oneRow, JSON.stringify(ask)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(Buffer.concat(parts).toString()));
      else reject(new Error(`The process of ${JSON.stringify(ask)} ended with code ${code}.`));
    });
  });

/** Measures what the simulator costs, in a process of its own that prints it. */
const measureSimulator = async (): Promise<void> => {
  process.stdout.write('The simulator itself, in real time:\n');
  const child = spawn(process.execPath, [fileURLToPath(new URL('../simulator/bench/main.ts', import.meta.url))], { stdio: 'inherit' });
  await once(child, 'close');
};

const main = async (): Promise<void> => {
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const asks = planRows({
    keys: wholeNumbers(values.keys),
    scenarios: oneOf('scenario', Object.keys(SCENARIOS) as ScenarioName[], values.scenario),
    contenders: oneOf(
      'contender',
      CONTENDERS.map(({ name }) => name),
      values.contender,
    ),
    seeds: listed(values.seed),
  });
  const rows: Row[] = [];
  for (const [index, ask] of asks.entries()) {
    if (process.stderr.isTTY)
      process.stderr.write(`\r\u001b[K${index + 1} of ${asks.length}: ${ask.scenario}, ${ask.contender}, ${ask.keys} keys`);
    rows.push(await measured(ask));
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  process.stdout.write(values.json ? `${JSON.stringify(rows, null, 2)}\n` : tables(rows));
  const isNarrowed = [values.keys, values.scenario, values.contender, values.seed].some((option) => option !== undefined);
  if (!values.json && !isNarrowed) await measureSimulator();
};

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof RangeError ? 2 : 5;
}
