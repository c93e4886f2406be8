// Writes the tables of the benchmark, the README's and all of them in docs/bench.md, out of rows: `npm run bench --silent -- --json > rows.json`, then
// `node scripts/write-bench.ts rows.json`. Several files: rows that were measured one after the other.
import { readFileSync, writeFileSync } from 'node:fs';
import { OURS } from '../bench/contenders/all.ts';
import { type Row, SCENARIOS } from '../bench/row.ts';
import { inProject } from './kept-files.ts';
import { markdownTable } from './markdown-table.ts';
import { withPart } from './readme-part.ts';

type Column = readonly [title: string, cell: (row: Row) => string];

const count = (n: number): string => n.toLocaleString('en-US');
const figure = (n: number | null, digits = 0): string => (n === null ? '–' : n.toFixed(digits));
const share = (n: number | null): string => (n === null ? '–' : `${(n * 100).toFixed(1)} %`);

const KEYS: Column = ['keys', ({ keys, accounts }) => (accounts === 1 ? count(keys) : `${count(keys)} in ${accounts} accounts`)];
const RATIO: Column = ['ratio', ({ ratioConfigured }) => figure(ratioConfigured, 3)];
const LAST: Column = ['last key, s', ({ secondsTotal }) => figure(secondsTotal)];
const THROTTLED: Column = ['throttled', ({ throttles }) => count(throttles)];
const WRONG: Column = ['wrong', ({ wrong }) => count(wrong)];
const SHAPE: Column = ['quota', ({ limiter }) => limiter.replace('-', ' ')];

const ALONE: readonly Column[] = [
  KEYS,
  SHAPE,
  ['first key less settling, s', ({ firstOverheadSeconds }) => figure(firstOverheadSeconds, 1)],
  LAST,
  ['over the floor, s', ({ overheadSeconds }) => figure(overheadSeconds)],
  RATIO,
  ['to the quota', ({ ratioQuota }) => figure(ratioQuota, 2)],
  THROTTLED,
  WRONG,
];

const COSTS: readonly Column[] = [
  KEYS,
  ['DescribeKey per key and Region', ({ describesPerKeyRegion }) => figure(describesPerKeyRegion, 2)],
  ['transitions', ({ transitionsPer1000 }) => count(transitionsPer1000)],
  ['table writes', ({ tableWritesPer1000 }) => figure(tableWritesPer1000)],
  ['GB-s', ({ gbSecondsPer1000 }) => figure(gbSecondsPer1000)],
  ['$ in all', ({ usdPer1000 }) => figure(usdPer1000, 4)],
  ['$ besides KMS', ({ usdPer1000WithoutKms }) => figure(usdPer1000WithoutKms, 4)],
  ['real s', ({ wallSeconds }) => figure(wallSeconds)],
  ['MB', ({ peakMb }) => count(peakMb)],
];

const OTHERS: readonly Column[] = [
  ['scenario', ({ scenario }) => `\`${scenario}\``],
  KEYS,
  ['contender', ({ contender }) => (contender === OURS ? `**${contender}**` : contender)],
  ['moved', ({ moved }) => count(moved)],
  LAST,
  RATIO,
  ['to what is left', ({ ratioQuota }) => figure(ratioQuota, 2)],
  THROTTLED,
  ['tenant refused', ({ tenantThrottleRate }) => share(tenantThrottleRate)],
  ['$ besides KMS', ({ usdPer1000WithoutKms }) => figure(usdPer1000WithoutKms, 4)],
  WRONG,
];

const TENANTS: readonly Column[] = [
  ['scenario', ({ scenario }) => `\`${scenario}\``],
  KEYS,
  SHAPE,
  LAST,
  ['to what is left', ({ ratioQuota }) => figure(ratioQuota, 2)],
  THROTTLED,
  ['tenant refused', ({ tenantThrottleRate }) => share(tenantThrottleRate)],
  WRONG,
];

const table = (columns: readonly Column[], rows: readonly Row[]): string[] =>
  markdownTable(
    columns.map(([title]) => title),
    rows.map((row) => columns.map(([, cell]) => cell(row))),
  );

const SCENARIO_NAMES = Object.keys(SCENARIOS);
/** By scenario, then by size; contenders stay in their order. */
const order = ({ scenario, keys }: Row): number => SCENARIO_NAMES.indexOf(scenario) * 1e7 + keys;

const rows = process.argv.slice(2).flatMap((path) => JSON.parse(readFileSync(path, 'utf8')) as readonly Row[]);
if (rows.length === 0) throw new Error('Expected files of rows, as npm run bench -- --json prints them; got none.');
const ours = rows.filter(({ contender, scenario }) => contender === OURS && scenario === 'alone');
const [FIRST_SEED] = ours.map(({ seed }) => seed);
const besideTenants = rows
  .filter(({ contender, scenario }) => contender === OURS && scenario.startsWith('tenant-'))
  .toSorted((a, b) => order(a) - order(b));
const ofFirstSeed = rows.filter(({ seed }) => seed === FIRST_SEED).toSorted((a, b) => order(a) - order(b));

const EXPLAINED =
  'Over the floor: the time to the last key, less the keys over the configured rate, less the time that KMS took to settle that last key, which is not always the last one called. Ratios: to the configured rate (4 a second here, the quota of 5 for the others), and to what the quota or the second tenant leaves. The others prove nothing: they believe one DescribeKey.';

/** The parts of a document with a table each. */
const parts = (alone: readonly Row[], others: readonly Row[], decisions: string): readonly string[] => [
  'Alone, under each shape that the quota of 5 calls a second may have:',
  '',
  ...table(ALONE, alone),
  '',
  'What a run uses, for 1,000 keys:',
  '',
  ...table(
    COSTS,
    ours.filter(({ seed }) => seed === FIRST_SEED),
  ),
  '',
  'Beside others, and with trouble, on a quota that is a bucket of 5 calls:',
  '',
  ...table(OTHERS, others),
  '',
  EXPLAINED,
  '',
  `This project beside a second tenant, under each shape of the quota. On a sliding second and a bucket of 2 nobody keeps close to what is left and lets the tenant be as well ([decision 10](${decisions}/0010-how-fast-and-how-slow.md)); ours gives way, and is late:`,
  '',
  ...table(TENANTS, besideTenants),
];

const readme = inProject('README.md');
const inReadme = ofFirstSeed.filter(
  ({ contender, scenario, keys }) =>
    (contender === OURS && keys === 10_000) || (keys === 1_000 && (scenario === 'alone' || scenario === 'tenant-poisson')),
);
writeFileSync(
  readme,
  withPart(
    readFileSync(readme, 'utf8'),
    'bench',
    parts(
      ours.filter(({ keys }) => keys >= 1_000),
      inReadme,
      'docs/decisions',
    ),
  ),
);
const all = ['# The bench', '', 'All simulated, and written by `scripts/write-bench.ts`; [the README](../README.md#the-bench) says how.'];
writeFileSync(inProject('docs/bench.md'), `${[...all, '', ...parts(ours, ofFirstSeed, 'decisions')].join('\n')}\n`);
