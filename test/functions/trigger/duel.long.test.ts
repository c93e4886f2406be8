import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Stage } from '../../../core/batch/batch.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import type { ExecutionStatus } from '../../../core/ports/executions.ts';
import { type Region, region } from '../../../core/region.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { plan } from '../../../functions/plan/plan.ts';
import { poll } from '../../../functions/poll/poll.ts';
import { precheck } from '../../../functions/precheck/precheck.ts';
import { promote } from '../../../functions/promote/promote.ts';
import { report } from '../../../functions/report/report.ts';
import { stage } from '../../../functions/stage/stage.ts';
import { trigger } from '../../../functions/trigger/trigger.ts';
import { verify } from '../../../functions/verify/verify.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { healthEventWith } from '../../../simulator/story/signals.ts';
import { failing, keyRef, SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { runtimeWith } from '../../support/runtime.ts';
import { Scheduler } from '../../support/scheduler.ts';
import { watchedPorts } from '../../support/watched-ports.ts';

const T = Date.parse('2026-10-20T07:52:30Z');
const REGIONS = [SOURCE, TARGET, THIRD] as const;
const FLEETS = JSON.stringify({
  fleets: {
    payments: {
      accounts: ['111122223333'],
      keys: { all: true },
      home: 'us-east-1',
      standbys: ['us-west-2', 'eu-west-1'],
      posture: 'automatic',
    },
  },
});

/** A promotion that was sent, by which run, and what the lease said then. */
interface Move {
  readonly runId: string;
  readonly keyId: string;
  readonly from: Region;
  readonly to: Region;
  readonly at: number;
  readonly lease: Lease | undefined;
}

/** What happened in one duel. */
interface Duel {
  readonly moves: readonly Move[];
  readonly leases: readonly Lease[];
  readonly started: readonly string[];
}

/** Steps of one batch, as the definition chains them. */
const STEPS = { precheck, promote, poll, verify } as const;

/** Goes through a run as the state machine would, one batch at a time. */
const execute = async (runtime: Runtime, runId: string, request: unknown): Promise<void> => {
  const startedAt = new Date(runtime.clock.now()).toISOString();
  let planned = await plan({ runId, request, startedAt }, runtime);
  while (planned.next === 'wait') {
    await runtime.clock.sleep(planned.waitSeconds * 1000);
    planned = await plan({ runId, request, startedAt }, runtime);
  }
  for (const name of planned.stages) await executeStage(runtime, runId, name);
  await report({ runId }, runtime);
};

const executeStage = async (runtime: Runtime, runId: string, name: Stage): Promise<void> => {
  const { accounts } = await stage({ runId, stage: name }, runtime);
  for (const batch of accounts.flatMap(({ batches }) => batches)) {
    let next: keyof typeof STEPS | 'done' = 'precheck';
    while (next !== 'done') {
      const answer = await STEPS[next]({ runId, stage: name, batch }, runtime);
      await runtime.clock.sleep(answer.waitSeconds * 1000);
      next = answer.next;
    }
  }
};

/** The home is in trouble first; when that is over, and the keys have left, the standby is. Another standby is spoken of all the time. */
const TROUBLE = [
  { where: SOURCE, fromMs: 0, untilMs: 130_000 },
  { where: TARGET, fromMs: 140_000, untilMs: 900_000 },
] as const;
const WORDS = [
  { where: SOURCE, statusCode: 'open', atMs: 0 },
  { where: THIRD, statusCode: 'open', atMs: 0 },
  { where: SOURCE, statusCode: 'closed', atMs: 120_000 },
  { where: TARGET, statusCode: 'open', atMs: 145_000 },
] as const;

/** What people ask for meanwhile, in one of the control Regions each. */
const BY_HAND = [
  { fleet: 'payments', operation: 'drill', reason: 'drill-7' },
  { fleet: 'payments', operation: 'switchover', target: THIRD, reason: 'CHG-1' },
  { fleet: 'payments', operation: 'failover', target: TARGET, reason: 'INC-1', override: ['target-allowed', 'target-healthy'] },
] as const;

/** Two control Regions that share one table decide about the same incidents, in two Regions of the fleet at once. */
const duel = async (seed: number, people: boolean): Promise<Duel> => {
  const random = new Seeded(seed);
  const scheduler = new Scheduler(random.stream('turns'), T);
  const { kms, promotions } = plainKms([keyRef('1'), keyRef('2')], REGIONS);
  const { table } = runtimeWith();
  const moves: Move[] = [];
  const leases: Lease[] = [];
  const started: string[] = [];
  const troubled = new Set<Region>();
  const isQuiet = people && random.chance(0.6);
  for (const { where, fromMs, untilMs } of isQuiet ? [] : TROUBLE) {
    scheduler.spawn(async () => {
      await scheduler.turn(fromMs);
      troubled.add(where);
      await scheduler.turn(untilMs - fromMs);
      troubled.delete(where);
    });
  }

  const decider = async (controlRegion: Region): Promise<Pick<Runtime, 'executions'>> => {
    const statuses = new Map<string, ExecutionStatus>();
    const offsetMs = (random.uniform() - 0.5) * 2_000;
    const { store } = runtimeWith();
    await store.put(FLEET_FILE, FLEETS);
    let probes = 0;
    const own = (runId: string): Runtime => {
      // When a promotion was sent: whoever lies still after that has it on the wire already.
      const sentAt = new Map<string, number>();
      const watched = watchedPorts(
        runtimeWith({
          clock: scheduler.clockOff(offsetMs),
          random: random.stream(`jitter ${controlRegion}`),
          table,
          store,
          controlRegion,
          executions,
          kms: {
            ...kms,
            probe: async (key) => {
              probes += 1;
              return troubled.has(key.region) && probes % 2 === 0 ? failing('internal') : kms.probe(key);
            },
            promote: async (key, target) => {
              const lease = (await table.read<Lease>('lease', 'payments'))?.value;
              moves.push({ runId, keyId: key.keyId, from: key.region, to: target, at: sentAt.get(key.keyId) ?? scheduler.now, lease });
              return kms.promote(key, target);
            },
          },
        }),
        async (moment) => (moment === 'asked' ? scheduler.turn() : undefined),
        async ({ what }) => {
          if (what !== 'lease/payments') return;
          const lease = (await table.read<Lease>('lease', 'payments'))?.value;
          if (lease !== undefined) leases.push(lease);
        },
      );
      const promote: Runtime['kms']['promote'] = (key, target) => {
        sentAt.set(key.keyId, scheduler.now);
        return watched.kms.promote(key, target);
      };
      return { ...watched, kms: { ...watched.kms, promote } };
    };
    const executions: Runtime['executions'] = {
      start: async (name, input) => {
        if (statuses.has(name)) return 'exists';
        statuses.set(name, 'RUNNING');
        started.push(name);
        scheduler.spawn(() =>
          execute(own(name), name, input).then(
            () => void statuses.set(name, 'SUCCEEDED'),
            () => void statuses.set(name, 'FAILED'),
          ),
        );
        return 'started';
      },
      status: async (name) => statuses.get(name),
    };
    const runtime = own('trigger');
    for (const { where, statusCode, atMs } of WORDS) {
      const event = healthEventWith(where, '111122223333', T + atMs, {
        eventArn: `arn:aws:health:${where}::event/KMS/AWS_KMS_OPERATIONAL_ISSUE/${where}`,
        communicationId: `${where} ${statusCode}`,
        statusCode,
      });
      for (let delivery = 0; delivery < 2; delivery += 1) {
        scheduler.spawn(async () => {
          await runtime.clock.sleep(atMs + random.uniform() * 30_000 + delivery * 60_000);
          await trigger(event, runtime).catch(() => undefined);
        });
      }
    }
    return { executions };
  };
  for (const control of ['us-east-2', 'ca-central-1']) {
    const { executions } = await decider(region(control));
    for (const input of people ? BY_HAND : [])
      scheduler.spawn(async () => {
        await scheduler.turn(random.uniform() * 120_000);
        await executions.start(`${input.operation}-from-${control}`, input);
      });
  }
  await scheduler.run();
  assert.equal(promotions.length, moves.length);
  return { moves, leases, started };
};

const seedsTo = (count: number): readonly number[] => Array.from({ length: count }, (_, seed) => seed);

/** One holder at a time: promotions are sent under a lease of one's own that has not run out, and each fence has one holder. */
const assertOneHolder = ({ moves, leases, started }: Duel, why: string): void => {
  for (const { runId, at, lease } of moves) {
    assert.equal(lease?.holder, runId, `${why}: ${runId} sent a promotion`);
    assert.ok(lease !== undefined && at < lease.expiresAt, `${why}: the lease of ${runId} had run out`);
  }
  const fences = leases.map(({ fence }) => fence);
  assert.deepEqual(
    fences,
    fences.toSorted((a, b) => a - b),
    why,
  );
  for (const fence of new Set(fences))
    assert.equal(new Set(leases.filter((lease) => lease.fence === fence).map(({ holder }) => holder)).size, 1, why);
  assert.equal(new Set(started).size, started.length, `${why}: ${started.join(', ')}`);
};

describe('Two deciders, interleaved with each other and with their runs at every await,', () => {
  it('never send a key from A to B to A', async () => {
    let movers = 0;
    for (const seed of seedsTo(60)) {
      const told = await duel(seed, false);
      assertOneHolder(told, `seed ${seed}`);
      for (const some of Map.groupBy(told.moves, ({ keyId }) => keyId).values()) {
        const been = [some[0]?.from, ...some.map(({ to }) => to)];
        assert.equal(new Set(been).size, been.length, `seed ${seed}: ${some[0]?.keyId} went ${been.join(' to ')}`);
      }
      movers += told.moves.length > 0 ? 1 : 0;
    }
    assert.ok(movers >= 35, `only ${movers} duels moved anything`);
  });

  it('never let two runs move at once, whatever people start beside them, and count the fence up from holder to holder', async () => {
    let changesOfHands = 0;
    for (const seed of seedsTo(40)) {
      const told = await duel(seed, true);
      assertOneHolder(told, `seed ${seed}`);
      changesOfHands += Math.max(0, new Set(told.leases.map(({ fence }) => fence)).size - 1);
    }
    assert.ok(changesOfHands >= 12, `the fleet changed hands only ${changesOfHands} times`);
  });
});
