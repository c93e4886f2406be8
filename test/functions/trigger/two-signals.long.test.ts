import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INTENT_MS_MAX, type Intent } from '../../../core/coordination/intent.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../core/limits.ts';
import type { ExecutionStatus } from '../../../core/ports/executions.ts';
import { region } from '../../../core/region.ts';
import { intentId } from '../../../core/run/name.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import { storeInventory } from '../../../functions/frame/keys/stored-inventory.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { trigger } from '../../../functions/trigger/trigger.ts';
import { createRecordingBus } from '../../../simulator/bus/recording-bus.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { FLEET, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { failing, keyRef, SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { runtimeWith } from '../../support/runtime.ts';
import { Scheduler } from '../../support/scheduler.ts';
import { ALARM, alarmSignal, healthClosing, healthSignal } from '../../support/signals.ts';
import { watchedPorts } from '../../support/watched-ports.ts';

const TIMEOUT_MS = FUNCTION_TIMEOUT_SECONDS.trigger * 1_000;
const CONTROL_REGIONS = [region('us-east-2'), region('ca-central-1')];

/** What is told, from when on, and the minutes in which both control Regions tick. */
interface Play {
  readonly posture: 'automatic' | 'approve';
  readonly words: ReadonlyArray<{ readonly event: unknown; readonly atMs: number }>;
  readonly ticksAtMs: readonly number[];
}

/**
 * Plays two control Regions that share one table, interleaved at every await. Each delivery may die at any of its calls, and then never
 * comes again; nobody works for longer than a function may. Runs that were started go on for ever, without a plan.
 */
const played = async (seed: number, { posture, words, ticksAtMs }: Play) => {
  const random = new Seeded(seed);
  const scheduler = new Scheduler(random.stream('turns'), MORNING);
  const { table } = runtimeWith();
  const keys = [keyRef('1'), keyRef('2')];
  const { kms } = plainKms(keys, [SOURCE, TARGET, THIRD]);
  const bus = createRecordingBus();
  const started: string[] = [];
  const statuses = new Map<string, ExecutionStatus>();
  let probes = 0;

  for (const controlRegion of CONTROL_REGIONS) {
    const { store } = runtimeWith();
    const clock = scheduler.clockOff((random.uniform() - 0.5) * 400);
    await store.put(FLEET_FILE, JSON.stringify({ fleets: { payments: { ...FLEET, posture, alarms: [ALARM] } } }));
    const found = keys.map((key) => ({ ...key, listedIn: [], heldIn: [], otherFleets: [] }));
    await storeInventory({ store, clock: { ...clock, now: () => MORNING } }, 'payments', {
      keys: found,
      notFound: [],
      listedAt: {},
      ofNoFleet: undefined,
    });
    const executions: Runtime['executions'] = {
      start: async (name) => {
        if (statuses.has(`${controlRegion} ${name}`)) return 'exists';
        statuses.set(`${controlRegion} ${name}`, 'RUNNING');
        started.push(name);
        return 'started';
      },
      status: async (name) => statuses.get(`${controlRegion} ${name}`),
    };
    const invoked = async (event: unknown, mayDie: boolean): Promise<void> => {
      const until = scheduler.now + TIMEOUT_MS;
      let callsLeft = mayDie && random.chance(0.5) ? Math.floor(random.uniform() * 70) : Number.POSITIVE_INFINITY;
      const alive = async (): Promise<void> => {
        callsLeft -= 1;
        await scheduler.turn();
        if (callsLeft <= 0 || scheduler.now >= until) throw new Error('killed');
      };
      const ports = runtimeWith({
        clock,
        random: random.stream(`jitter ${controlRegion}`),
        table,
        store,
        bus,
        controlRegion,
        peerRegions: CONTROL_REGIONS.filter((peer) => peer !== controlRegion),
        executions,
        kms: {
          ...kms,
          probe: async (key) => {
            probes += 1;
            return key.region === SOURCE && probes % 2 === 0 ? failing('internal') : kms.probe(key);
          },
        },
      });
      // What KMS answers takes no turns: a Region that seems slow only since the scheduler is would be fled from as well.
      await trigger(event, { ...watchedPorts(ports, alive), kms: ports.kms }).catch(() => undefined);
    };
    for (const { event, atMs } of words)
      scheduler.spawn(async () => {
        await scheduler.turn(atMs + random.uniform() * 2_000);
        await invoked(event, true);
      });
    for (const atMs of ticksAtMs)
      scheduler.spawn(async () => {
        await scheduler.turn(atMs + random.uniform() * 20_000);
        await invoked(TICK, atMs < (ticksAtMs.at(-4) ?? 0));
      });
  }
  await scheduler.run();
  const decisions = (await table.list<Decision>('decision')).map(({ value }) => value);
  const intents = (await table.list<Intent>('intent')).map(({ value }) => value);
  const asked = new Set(bus.events.filter(({ detailType }) => detailType === 'Approval Requested').map(({ detail }) => detail.eventId));
  return { decisions, intents, started, asked, now: scheduler.now };
};

const minutes = (count: number, from = 0): readonly number[] =>
  Array.from({ length: count }, (_, minute) => (from + minute + 1) * MINUTE_MS);
const seeds = (count: number): readonly number[] => Array.from({ length: count }, (_, seed) => seed);
const BOTH = [
  { event: healthSignal(), atMs: 0 },
  { event: alarmSignal('ALARM'), atMs: 0 },
];

describe('Two signals of one trouble, told once each to deciders that may die at any call,', () => {
  it('come to one run, and leave nothing undecided', async () => {
    let heard = 0;
    for (const seed of seeds(100)) {
      const { started, intents, decisions } = await played(seed, { posture: 'automatic', words: BOTH, ticksAtMs: minutes(7) });
      const why = `seed ${seed}: ${started.join(', ')}`;
      assert.equal(new Set(started).size, started.length, why);
      assert.ok(started.length <= 1, why);
      assert.equal(intents.length, started.length, why);
      // Who died before anything was noted was never heard of.
      if (decisions.length > 0) assert.equal(started.length, 1, why);
      assert.deepEqual(
        decisions.filter(({ state, signal }) => state === 'deciding' && !signal.startsWith('reconcile: ')),
        [],
        why,
      );
      heard += started.length;
    }
    assert.ok(heard >= 60, `${heard} troubles were heard of`);
  });

  it('come to one question at a time, which is announced, and to no run', async () => {
    let heard = 0;
    for (const seed of seeds(100)) {
      const { started, decisions, asked } = await played(seed, { posture: 'approve', words: BOTH, ticksAtMs: minutes(7) });
      const open = decisions.filter(({ approval }) => approval?.state === 'open');
      const why = `seed ${seed}: ${JSON.stringify(decisions.map(({ state, rule, why: said, approval }) => [state, rule, said, approval?.state]))}`;
      assert.deepEqual(started, [], why);
      assert.equal(open.length, decisions.length > 0 ? 1 : 0, why);
      assert.ok(asked.size >= open.length, why);
      heard += open.length;
    }
    assert.ok(heard >= 60, `${heard} troubles were heard of`);
  });

  it('have each its own time: the one that goes on has a run of its own when that of the first is given up', async () => {
    const late = INTENT_MS_MAX - 30 * MINUTE_MS;
    const words = [
      { event: healthSignal(), atMs: 0 },
      { event: alarmSignal('ALARM', late / MINUTE_MS), atMs: late },
    ];
    const ticksAtMs = [...minutes(2), ...minutes(3, late / MINUTE_MS), ...minutes(8, INTENT_MS_MAX / MINUTE_MS)];
    let followed = 0;
    for (const seed of seeds(40)) {
      const { started, intents, now } = await played(seed, { posture: 'automatic', words, ticksAtMs });
      const why = `seed ${seed}: ${JSON.stringify(intents)}`;
      assert.equal(new Set(started).size, started.length, why);
      const open = intents.filter(({ state }) => state === 'open');
      assert.ok(open.length <= 1, why);
      for (const { openedAt } of open) assert.ok(now - openedAt < INTENT_MS_MAX, why);
      if (intents.length === 2) followed += 1;
      else assert.ok(intents.length <= 1, why);
    }
    assert.ok(followed >= 8, `${followed} went on by themselves`);
  });

  it('end with the last of them, whichever decider died over that', async () => {
    const words = [...BOTH, { event: healthClosing(9, 3), atMs: 3 * MINUTE_MS }];
    for (const seed of seeds(40)) {
      const { intents, started } = await played(seed, { posture: 'automatic', words, ticksAtMs: minutes(8) });
      const why = `seed ${seed}: ${JSON.stringify(intents)}`;
      assert.ok(started.length <= 1, why);
      for (const { request, incidentOverAt } of intents)
        if (request.incident.startsWith('alarm')) assert.equal(incidentOverAt, undefined, `${why} ${intentId(request)}`);
    }
  });
});
