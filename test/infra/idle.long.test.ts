import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { metricSeries, QUIET_TICK } from '../../bench/idle.ts';
import { TICK } from '../../core/signal/parse.ts';
import { emfLines } from '../../functions/frame/telling/emf.ts';
import type { Measurement } from '../../functions/frame/telling/metrics.ts';
import { populate } from '../../simulator/story/population.ts';
import { fleetsOf } from '../support/infra/fleets-of.ts';
import { inWorld } from '../support/worlds.ts';

const ACCOUNT = '111122223333';
const [HOME, ...STANDBYS] = ['us-east-1', 'us-west-2', 'eu-west-1'] as const;
const KEYS = 12;
/** What Lambda writes about an invocation, and the function itself: START, END, REPORT and a line or two. */
const OTHER_LOG_BYTES = 700;
/** Until every fleet was listed once. */
const SETTLING_TICKS = 30;
/** An hour has every fleet listed once more. */
const TICKS = 60;

const nameOf = (fleet: number): string => (fleet === 0 ? 'payments' : `fleet-${fleet}`);
const fleetText = (fleet: number): string => `  ${nameOf(fleet)}:
    accounts: ["${ACCOUNT}"]
    keys: { aliases: ["alias/${nameOf(fleet)}/*"] }
    home: ${HOME}
    standbys: [${STANDBYS.join(', ')}]
`;

/** What a tick used on average in an hour in which nothing happens. */
const quietHour = async (fleets: number) => {
  const numbers = Array.from({ length: fleets }, (_, index) => index);
  const used = { tableReads: 0, tableWrites: 0, storeGets: 0, kmsRequests: 0, logBytes: 0, gbSeconds: 0 };
  const series = new Set<string>();
  const watching = {
    onCall: ({ port, method }: { readonly port: string; readonly method: string }) => {
      if (port === 'table') used[method === 'write' ? 'tableWrites' : 'tableReads'] += 1;
      if (port === 'store' && method === 'get') used.storeGets += 1;
      if (port === 'kms') used.kmsRequests += 1;
    },
    measure: (measurement: Measurement) => {
      for (const name of Object.keys(measurement.figures))
        for (const owner of [undefined, measurement.fleet]) series.add(`${name} ${owner}`);
      for (const line of emfLines(measurement)) used.logBytes += line.length;
    },
  };
  await inWorld({ fleets: fleetsOf(`fleets:\n${numbers.map(fleetText).join('')}`), keys: KEYS, watching }, async (world) => {
    for (const fleet of numbers.slice(1))
      populate(world, {
        keys: KEYS,
        accounts: [ACCOUNT],
        primary: HOME,
        replicas: STANDBYS,
        aliasOf: (index) => `alias/${nameOf(fleet)}/${index}`,
      });
    const ticks = async (count: number): Promise<void> => {
      for (let tick = 0; tick < count; tick += 1) {
        await world.clock.sleep(60_000);
        await world.invoke('trigger', TICK);
      }
    };
    const gbSeconds = () => world.lambda.counts().get('trigger')?.gbSeconds ?? 0;
    await ticks(SETTLING_TICKS);
    for (const name of Object.keys(used) as (keyof typeof used)[]) used[name] = name === 'gbSeconds' ? -gbSeconds() : 0;
    await ticks(TICKS);
    used.gbSeconds += gbSeconds();
  });
  used.logBytes += OTHER_LOG_BYTES * TICKS;
  const perTick = Object.fromEntries(Object.entries(used).map(([name, count]) => [name, count / TICKS])) as typeof used;
  return { perTick, series: series.size };
};

describe('An hour in which nothing happens', () => {
  for (const fleets of [1, 3])
    it(`uses what the cost page counts with, for ${fleets} fleets`, async () => {
      const { perTick, series } = await quietHour(fleets);
      const counted = {
        tableReads: QUIET_TICK.tableReads(fleets),
        tableWrites: QUIET_TICK.tableWrites(fleets),
        storeGets: QUIET_TICK.storeGets(fleets),
        kmsRequests: QUIET_TICK.kmsRequests({ fleets, regionsOfFleet: 1 + STANDBYS.length }),
        logBytes: QUIET_TICK.logBytes(fleets),
        gbSeconds: QUIET_TICK.gbSeconds(fleets),
      };
      for (const [name, count] of Object.entries(counted)) {
        const found = perTick[name as keyof typeof perTick];
        assert.ok(Math.abs(found / count - 1) < 0.15, `${name}: ${found.toFixed(2)} a tick, and the cost page counts ${count.toFixed(2)}`);
      }
      assert.equal(series, metricSeries(fleets));
    });
});
