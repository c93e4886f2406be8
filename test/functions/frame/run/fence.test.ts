import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { LEASE_MS, type Lease, PROMOTE_MS_MAX, SKEW_MS } from '../../../../core/coordination/lease.ts';
import { FLEET_FILE } from '../../../../functions/frame/fleets.ts';
import { fencedBy } from '../../../../functions/frame/run/fence.ts';
import type { Runtime } from '../../../../functions/frame/runtime.ts';
import { plan } from '../../../../functions/plan/plan.ts';
import { poll } from '../../../../functions/poll/poll.ts';
import { precheck } from '../../../../functions/precheck/precheck.ts';
import { promote } from '../../../../functions/promote/promote.ts';
import { report } from '../../../../functions/report/report.ts';
import { stage } from '../../../../functions/stage/stage.ts';
import { verify } from '../../../../functions/verify/verify.ts';
import { executionsWith } from '../../../support/executions.ts';
import { keyRef, SOURCE, TARGET } from '../../../support/keys.ts';
import { plainKms } from '../../../support/plain-kms.ts';
import { runtimeWith } from '../../../support/runtime.ts';
import { type Effect, type Moment, watchedPorts } from '../../../support/watched-ports.ts';

const T = 1_000_000;
const RUN = 'run-1';
const OTHER = 'run-2';
const FLEETS = JSON.stringify({
  fleets: { payments: { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'] } },
});

/** A clock that jumps over every sleep. */
const jumpingClock = (startsAt: number) => {
  let now = startsAt;
  const clock: Runtime['clock'] = {
    now: () => now,
    sleep: async (ms) => {
      now += Math.max(0, ms);
    },
  };
  return { clock, jump: (ms: number) => clock.sleep(ms) };
};

const world = async () => {
  const { clock, jump } = jumpingClock(T);
  const { kms } = plainKms([keyRef('1'), keyRef('2')], [SOURCE, TARGET]);
  const { executions } = executionsWith({ [RUN]: 'RUNNING', [OTHER]: 'RUNNING' });
  const runtime = runtimeWith({ clock, kms, executions });
  await runtime.store.put(FLEET_FILE, FLEETS);
  const leaseNow = async () => (await runtime.table.read<Lease>('lease', 'payments'))?.value;
  /** So much later another run has the fleet. */
  const takenOver = async () => {
    await jump(3_600_000);
    const before = await runtime.table.read<Lease>('lease', 'payments');
    const lease: Lease = {
      holder: OTHER,
      operation: 'failover',
      fence: (before?.value.fence ?? 0) + 1,
      expiresAt: clock.now() + LEASE_MS,
      released: false,
    };
    await runtime.table.write('lease', 'payments', lease, before?.version ?? 0);
  };
  return { runtime, jump, leaseNow, takenOver };
};

const input = { runId: RUN, stage: 'canary', batch: 1 } as const;
const request = { fleet: 'payments', operation: 'failover', reason: 'INC-1' };

/** The functions of the chain in the order in which a batch comes through them. */
const CHAIN: ReadonlyArray<readonly [string, (runtime: Runtime) => Promise<unknown>]> = [
  ['plan', (runtime) => plan({ runId: RUN, request, startedAt: new Date(0).toISOString() }, runtime)],
  ['stage', (runtime) => stage({ runId: RUN, stage: 'canary' }, runtime)],
  ['precheck', (runtime) => precheck(input, runtime)],
  ['promote', (runtime) => promote(input, runtime)],
  ['poll', (runtime) => poll(input, runtime)],
  ['verify', (runtime) => verify(input, runtime)],
  ['report', (runtime) => report({ runId: RUN }, runtime)],
];

/** Lets the n-th function of the chain lie still behind its k-th answer until another run has the fleet. */
const laidStill = async (nth: number, kth: number) => {
  const { runtime, takenOver } = await world();
  for (const [, step] of CHAIN.slice(0, nth)) await step(runtime);

  const effects: Effect[] = [];
  let answers = 0;
  let isOver = false;
  let still: Promise<void> | undefined;
  const at = async (moment: Moment): Promise<void> => {
    if (moment === 'asked') return;
    answers += 1;
    // Calls that are out already are carried out first.
    if (answers === kth)
      still = setImmediate()
        .then(takenOver)
        .then(() => {
          isOver = true;
        });
    await still;
  };
  const watched = watchedPorts(runtime, at, (effect) => {
    // That the guards refused the late one is for people to read, and nothing goes by it; and what the run notes of its own conclusion
    // counts for nobody else: the evidence itself is written by who has the fleet.
    const isHarmless = effect.what.startsWith('decision/payments/plan-') || effect.what === `runs/${RUN}/conclusion.json`;
    if (isOver && !isHarmless) effects.push(effect);
  });
  const end = await CHAIN[nth]?.[1](watched).then(
    () => 'answered',
    (error: Error) => error.name,
  );
  return { effects, end, isOver };
};

describe('A writer that lay still until another run had its fleet', () => {
  for (const [nth, [name]] of CHAIN.entries()) {
    it(`writes nothing more to table and store, and sends no promotion: ${name}, behind each of its awaits`, async () => {
      let stills = 0;
      for (let kth = 1; ; kth += 1) {
        const { effects, end, isOver } = await laidStill(nth, kth);
        if (!isOver) break;
        stills += 1;
        assert.deepEqual(effects, [], `${name} after its await ${kth}`);
        assert.match(String(end), /^(answered|FencedOff|RefusedByGuard)$/, `${name} after its await ${kth}`);
      }

      assert.ok(stills >= 3, `${name} has only ${stills} awaits`);
    });
  }
});

describe('The fence of a run', () => {
  const fence = { runId: RUN, fence: 1, fleetName: 'payments' };
  const held: Lease = { holder: RUN, operation: 'failover', fence: 1, expiresAt: T + LEASE_MS, released: false };
  const fenced = async (lease: Lease | undefined, laterMs = 0) => {
    const { runtime, jump, leaseNow } = await world();
    if (lease !== undefined) await runtime.table.write('lease', 'payments', lease, 0);
    await jump(laterMs);
    return { runtime: fencedBy(runtime, fence), leaseNow };
  };
  const refused = { name: 'FencedOff' };

  it('lets its holder write, and leaves the lease as it is', async () => {
    const { runtime, leaseNow } = await fenced(held);

    assert.ok(await runtime.store.put('runs/run-1/x.json', '{}'));
    assert.equal(await runtime.table.write('lane', '1', {}, 0), true);
    assert.deepEqual(await leaseNow(), held);
  });

  for (const [title, changes] of [
    ['another run', { holder: OTHER }],
    ['the same run under another number', { fence: 2 }],
    ['nobody, since it was given back', { released: true }],
  ] as const)
    it(`keeps everything from being written when the fleet belongs to ${title}, and says so`, async () => {
      const { runtime } = await fenced({ ...held, ...changes });

      await assert.rejects(runtime.store.put('runs/run-1/x.json', '{}'), refused);
      await assert.rejects(runtime.table.write('intent', '1', {}, 0), {
        ...refused,
        message: /did not write intent "1": .*fleet payments/,
      });
      assert.equal(await runtime.store.get('runs/run-1/x.json'), undefined);
    });

  it('takes a lease up again that ran out, before it is written under it', async () => {
    const late = LEASE_MS + PROMOTE_MS_MAX + SKEW_MS + 1;
    const { runtime, leaseNow } = await fenced(held, late);

    assert.ok(await runtime.store.put('runs/run-1/x.json', '{}'));
    assert.deepEqual(await leaseNow(), { ...held, expiresAt: T + late + LEASE_MS });
  });

  it('lets events be kept whoever has the fleet: they tell of what is past', async () => {
    const { runtime } = await fenced({ ...held, holder: OTHER });

    assert.equal(await runtime.table.write('outbox', 'pending', {}, 0), true);
  });
});
