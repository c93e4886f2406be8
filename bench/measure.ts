import { keyName } from '../core/key/key.ts';
import { DEFAULT_QUOTA_PER_SECOND } from '../core/quota/eta.ts';
import { Seeded } from '../simulator/random/seeded.ts';
import { warmUpSdk } from '../simulator/world/warm-up.ts';
import type { Contender, Finish } from './contenders/contender.ts';
import { mrkFailover } from './contenders/mrk-failover.ts';
import { costOf } from './cost.ts';
import type { Row, RowAsk } from './row.ts';
import { startTenant, type Tenant } from './tenant.ts';
import { total, type Used, usageSoFar, usedSince } from './usage.ts';
import { installVirtualTimers } from './virtual-timers.ts';
import { type BenchWorld, createBenchWorld, REGIONS, TARGET } from './world.ts';

const TENANT_PER_SECOND = 2;
/** After so long, every promotion has settled. */
const SETTLED_MS = 180_000;

/** Lets one contender move the fleet in one scenario, in this process, and measures it. */
export const measure = async (contender: Contender, ask: RowAsk): Promise<Row> => {
  const realStart = performance.now();
  await warmUpSdk();
  const bench = createBenchWorld(ask);
  const { world } = bench;
  const sdkChance = new Seeded(ask.seed).stream('bench SDK');
  if (contender !== mrkFailover) installVirtualTimers(world.clock, () => sdkChance.uniform());
  const { used, tenant, finish, startedAt } = await world.clock.run(story(bench, contender));
  return {
    ...figures({ bench, contender, finish, startedAt, used, tenant }),
    wallSeconds: rounded((performance.now() - realStart) / 1000, 1),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
};

/** Quiet times, the move beside a second tenant, and the time that the last promotion takes to settle. */
const story = async (bench: BenchWorld, contender: Contender) => {
  const { world } = bench;
  await contender.prepare?.(bench);
  const before = usageSoFar(bench);
  const startedAt = world.clock.now();
  const neighbour = startTenant(bench);
  const finish = await contender.move(bench);
  const used = usedSince(before, usageSoFar(bench));
  const tenant = neighbour?.counts();
  neighbour?.stop();
  await world.clock.sleep(SETTLED_MS);
  return { used, tenant, finish, startedAt };
};

interface Told {
  readonly bench: BenchWorld;
  readonly contender: Contender;
  readonly finish: Finish;
  readonly startedAt: number;
  readonly used: Used;
  readonly tenant: ReturnType<Tenant['counts']> | undefined;
}

const figures = ({ bench, contender, finish, startedAt, used, tenant }: Told): Omit<Row, 'wallSeconds' | 'peakMb'> => {
  const { ask } = bench;
  const moved = [...finish.reports].filter(([, report]) => report.moved).toSorted(([, a], [, b]) => a.at - b.at);
  const settlingSeconds = (key: string): number => (bench.settledIn.get(key) ?? 0) / 1000;
  const secondsTo = ([, { at }]: (typeof moved)[number]): number => (at - startedAt) / 1000;
  const [first] = moved;
  const last = moved.length === ask.keys ? moved.at(-1) : undefined;
  const busiest = Math.ceil(ask.keys / ask.accounts);
  const left = DEFAULT_QUOTA_PER_SECOND - (tenant === undefined ? 0 : TENANT_PER_SECOND);
  const floorSeconds = busiest / (contender.ratePerSecond ?? DEFAULT_QUOTA_PER_SECOND);
  const secondsTotal = last === undefined ? null : secondsTo(last);
  const calls = total(used.calls) - (tenant?.calls ?? 0);
  const per1000 = (value: number): number => (value / ask.keys) * 1000;
  const cost = costOf({ ...used, tenantCalls: tenant?.calls ?? 0, stateTransitions: finish.stateTransitions });
  return {
    scenario: ask.scenario,
    contender: contender.name,
    keys: ask.keys,
    accounts: ask.accounts,
    seed: ask.seed,
    limiter: limiterOf(bench),
    moved: moved.length,
    secondsToFirst: first === undefined ? null : rounded(secondsTo(first), 1),
    firstOverheadSeconds: first === undefined ? null : rounded(secondsTo(first) - settlingSeconds(first[0]), 1),
    secondsTotal: secondsTotal === null ? null : rounded(secondsTotal, 1),
    floorSeconds: rounded(floorSeconds, 1),
    overheadSeconds: last === undefined ? null : rounded(secondsTo(last) - floorSeconds - settlingSeconds(last[0]), 1),
    ratioConfigured: secondsTotal === null ? null : rounded(secondsTotal / floorSeconds, 3),
    ratioQuota: secondsTotal === null ? null : rounded(secondsTotal / (busiest / left), 3),
    laneIdleSeconds: finish.laneIdleMs === null ? null : rounded(finish.laneIdleMs / 1000, 2),
    throttles: (used.throttled.UpdatePrimaryRegion ?? 0) - (tenant?.throttled ?? 0),
    tenantThrottleRate: tenant === undefined ? null : rounded(tenant.throttled / Math.max(1, tenant.calls), 4),
    describesPerKeyRegion: rounded((used.calls.DescribeKey ?? 0) / ask.keys / REGIONS.length, 2),
    callsPerKey: rounded(calls / ask.keys, 2),
    transitionsPer1000: Math.round(per1000(finish.stateTransitions)),
    gbSecondsPer1000: rounded(per1000(used.gbSeconds), 1),
    tableWritesPer1000: rounded(per1000(used.tableWrites), 1),
    usdPer1000: rounded(per1000(cost.usd), 4),
    usdPer1000WithoutKms: rounded(per1000(cost.usdWithoutKms), 4),
    wrong: wrong(bench, finish),
  };
};

const limiterOf = ({ world: { kms } }: BenchWorld): string =>
  kms.temperament.refusedCallsCount ? `${kms.temperament.limiter}, refusals count` : kms.temperament.limiter;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Keys of which the contender says something else than KMS itself would, now that everything has settled. */
const wrong = ({ world, keys }: BenchWorld, { reports }: Finish): number => {
  const truth = new Map(world.kms.truth().keys.map((key) => [keyName(key), key.regions[TARGET]?.role === 'PRIMARY']));
  return keys.filter((key) => truth.get(keyName(key)) !== (reports.get(keyName(key))?.moved ?? false)).length;
};
