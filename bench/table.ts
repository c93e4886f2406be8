import { CONTENDERS, OURS } from './contenders/all.ts';
import { secondTrailUsdPer1000 } from './cost.ts';
import { EXAMPLE, idleItems, idleUsdPerMonth } from './idle.ts';
import { type Row, SCENARIOS, type ScenarioName } from './row.ts';

const COLUMNS: ReadonlyArray<readonly [title: string, cell: (row: Row) => string]> = [
  ['keys', ({ keys, accounts }) => (accounts === 1 ? count(keys) : `${count(keys)} in ${accounts}`)],
  ['contender', ({ contender }) => contender],
  ['quota', ({ limiter }) => limiter],
  ['moved', ({ moved }) => count(moved)],
  ['first s', ({ secondsToFirst }) => figure(secondsToFirst)],
  ['less settling', ({ firstOverheadSeconds }) => figure(firstOverheadSeconds)],
  ['last s', ({ secondsTotal }) => figure(secondsTotal)],
  ['over s', ({ overheadSeconds }) => figure(overheadSeconds)],
  ['ratio', ({ ratioConfigured }) => figure(ratioConfigured)],
  ['to quota', ({ ratioQuota }) => figure(ratioQuota)],
  ['idle s', ({ laneIdleSeconds }) => figure(laneIdleSeconds)],
  ['throttled', ({ throttles }) => count(throttles)],
  ['tenant', ({ tenantThrottleRate }) => (tenantThrottleRate === null ? '–' : `${(tenantThrottleRate * 100).toFixed(1)} %`)],
  ['describes', ({ describesPerKeyRegion }) => figure(describesPerKeyRegion)],
  ['transitions', ({ transitionsPer1000 }) => count(transitionsPer1000)],
  ['GB-s', ({ gbSecondsPer1000 }) => figure(gbSecondsPer1000)],
  ['writes', ({ tableWritesPer1000 }) => figure(tableWritesPer1000)],
  ['$ / 1,000', ({ usdPer1000 }) => usdPer1000.toFixed(4)],
  ['$ less KMS', ({ usdPer1000WithoutKms }) => usdPer1000WithoutKms.toFixed(4)],
  ['wrong', ({ wrong }) => count(wrong)],
  ['real s', ({ wallSeconds }) => figure(wallSeconds)],
  ['MB', ({ peakMb }) => count(peakMb)],
];

const count = (n: number): string => n.toLocaleString('en-US');
const figure = (n: number | null): string => (n === null ? '–' : String(n));

const aligned = (lines: readonly (readonly string[])[]): string => {
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
};

/** The rows for people: a table for each scenario, and what the figures mean. */
export const tables = (rows: readonly Row[]): string => {
  const parts = (Object.keys(SCENARIOS) as ScenarioName[]).flatMap((scenario) => {
    const some = rows.filter((row) => row.scenario === scenario);
    if (some.length === 0) return [];
    return [
      `${scenario}: ${SCENARIOS[scenario]}`,
      aligned([COLUMNS.map(([title]) => title), ...some.map((row) => COLUMNS.map(([, cell]) => cell(row)))]),
      '',
    ];
  });
  return [...parts, ...notes(rows), ''].join('\n');
};

/** The three largest by name; the cost guide names all of them. */
const idleSentence = (): string => {
  const { controlRegions, fleets, regionsOfFleet } = EXAMPLE;
  const largest = idleItems(EXAMPLE)
    .toSorted((a, b) => b.usdPerMonth - a.usdPerMonth)
    .slice(0, 3)
    .map(({ what, usdPerMonth }) => `${what} ($${usdPerMonth.toFixed(2)})`);
  return `Idle, ${fleets} fleets in ${regionsOfFleet} Regions under ${controlRegions} control Regions cost $${idleUsdPerMonth(EXAMPLE).toFixed(2)} a month, most of it for ${largest.join(', ')}.`;
};

const notes = (rows: readonly Row[]): string[] => [
  'Times are simulated, in seconds since the run or the script was started; real s and MB are those of the process that simulated the row.',
  'less settling: time to the first key, less the time that KMS took to settle that key.',
  'over s: time to the last key, less the least time at the configured rate, less the time that KMS took to settle that key. ratio: to the least time at the configured rate; to quota: to what the quota, or a second tenant, leaves.',
  'describes: DescribeKey calls for each key and Region. transitions, GB-s, writes and dollars: for 1,000 keys. wrong: keys of which the contender says something else than KMS.',
  ...CONTENDERS.filter(({ name }) => rows.some(({ contender }) => contender === name)).map(({ name, sentence }) => `${name}: ${sentence}.`),
  `${idleSentence()} A second CloudTrail trail would cost $${secondTrailUsdPer1000(rows.filter(({ contender }) => contender === OURS)).toFixed(2)} for 1,000 keys.`,
];
