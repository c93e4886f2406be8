import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Intent, opened } from '../../../core/coordination/intent.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../core/limits.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { ASKING_MS_MAX, inTime, OutOfTimeError } from '../../../functions/trigger/in-time.ts';
import { trigger } from '../../../functions/trigger/trigger.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { type DecidersOptions, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { incidentWorld } from '../../support/incident-world.ts';
import { keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { batchWith, recordWith, requestWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';
import { ALARM, alarmSignal, healthSignal } from '../../support/signals.ts';

/** A KMS whose every call takes so long, once that has begun. */
const slowing = (ms: number) => {
  let isSlow = false;
  const change = ({ kms, clock }: Runtime): Partial<Runtime> => ({
    kms: new Proxy(kms, {
      get:
        (port, method) =>
        async (...args: readonly unknown[]) => {
          if (isSlow) await clock.sleep(ms);
          return Reflect.apply(Reflect.get(port, method), port, args);
        },
    }),
  });
  const begin = (): void => {
    isSlow = true;
  };
  return { change, begin };
};

type World = Awaited<ReturnType<typeof incidentWorld>>;
const request = requestWith({ incident: 'before' });
const lastRun = runName(intentId(request), 1);

const withIntent =
  (changes: Partial<Intent> = {}) =>
  async ({ clock, table }: World): Promise<void> => {
    await clock.run(table.write('intent', intentId(request), { ...opened(request, MORNING), ...changes }, 0));
  };

/** The last run's execution failed, with a thousand keys that nobody knows of. */
const withDeadRun = async (world: World): Promise<void> => {
  await withIntent({ runs: [lastRun], planned: true })(world);
  const { runtime } = world.first;
  const batches = Array.from({ length: 20 }, (_, number) =>
    batchWith({
      number: number + 1,
      records: Array.from({ length: 50 }, (__, index) => recordWith({ ...keyRef(String(number * 50 + index)), regions: [SOURCE, TARGET] })),
    }),
  );
  await world.clock.run(createRun(runtime, runWith({ runId: lastRun, intent: intentId(request), request, batchCount: batches.length })));
  await world.clock.run(createBatches(runtime, lastRun, batches));
};

const listed: DecidersOptions = { fleet: { alarms: [ALARM] }, keys: 150 };
const unlisted: DecidersOptions = { ...listed, isListed: false };
const failed: DecidersOptions = { ...listed, statuses: { [lastRun]: 'FAILED' } };
const nothing = async (): Promise<void> => undefined;

const PATHS: ReadonlyArray<readonly [string, DecidersOptions, (world: World) => Promise<void>, unknown]> = [
  ['a signal', listed, nothing, healthSignal()],
  ['a signal of a fleet that nobody has listed', unlisted, nothing, healthSignal()],
  ['a signal that joins an intent without a plan', listed, withIntent(), alarmSignal('ALARM')],
  ['a signal that joins an intent without a plan, of a fleet that nobody has listed', unlisted, withIntent(), alarmSignal('ALARM')],
  ['a tick that looks after an intent without a plan', failed, withIntent({ runs: [lastRun] }), TICK],
  ['a tick that looks after an intent whose run died', failed, withDeadRun, TICK],
];

describe('Whatever KMS is like, trigger ends by itself', () => {
  for (const [what, options, prepare, event] of PATHS)
    for (const callMs of [3_900, 9_000, 18_000, 10 * MINUTE_MS])
      it(`with ${what}, while each call takes ${callMs / 1_000} s`, async () => {
        const { change, begin } = slowing(callMs);
        const world = await incidentWorld({ ...options, change });
        const { clock, first } = world;
        await prepare(world);
        begin();
        const began = clock.now();
        await clock.run(Promise.allSettled([trigger(event, first.runtime)]));

        assert.ok(clock.now() - began <= ASKING_MS_MAX + 2_000, `${clock.now() - began} ms`);
      });
});

describe('The time for calls to KMS', () => {
  const limited = () => {
    const clock = new VirtualClock(MORNING);
    const { kms } = plainKms([keyRef('1')], [SOURCE]);
    const describeKey: Runtime['kms']['describe'] = async (key) => {
      await clock.sleep(30_000);
      return kms.describe(key);
    };
    const runtime = inTime(runtimeWith({ clock, kms: { ...kms, describe: describeKey } }));
    return { clock, read: () => runtime.kms.describe({ ...keyRef('1'), region: SOURCE }) };
  };

  it('is well inside the time of the function', () => {
    assert.ok(ASKING_MS_MAX + 5_000 < FUNCTION_TIMEOUT_SECONDS.trigger * 1_000);
  });

  it('ends calls that are out, and lets none begin after that', async () => {
    const { clock, read } = limited();
    assert.equal((await clock.run(read())).kind, 'seen');
    await assert.rejects(clock.run(read()), OutOfTimeError);
    assert.equal(clock.now(), MORNING + ASKING_MS_MAX);
    await assert.rejects(clock.run(read()), /the next delivery or tick goes on with/);

    assert.equal(clock.now(), MORNING + ASKING_MS_MAX);
  });
});
