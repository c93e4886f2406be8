import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TaskFailure } from '../../../simulator/asl/failure.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Crashes } from '../../../simulator/lambda/crashes.ts';
import { Lambda } from '../../../simulator/lambda/lambda.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';

/** A function that has an effect for each key of its payload and then answers. */
const world = (rate: number, keysPerStrike = Number.POSITIVE_INFINITY, seed = 1) => {
  const clock = new VirtualClock(0);
  const crashes = new Crashes({ random: new Seeded(seed), rate, keysPerStrike });
  const lambda = new Lambda({ clock, random: new Seeded(seed), crashes });
  const effects: unknown[] = [];
  const answers: unknown[] = [];
  lambda.register('promote', {
    timeoutSeconds: 300,
    memoryMb: 128,
    createInstance: (instance) => async (event) => {
      for (const key of Array.isArray(event) ? event : []) {
        await instance.clock.sleep(250);
        effects.push(key);
        crashes.keyAttempted();
        await instance.effect();
        answers.push(key);
      }
      return 'done';
    },
  });
  const invoke = (payload: readonly string[]) =>
    clock.run(
      lambda.invoke('promote', payload).catch((thrown: unknown) => {
        assert.ok(thrown instanceof TaskFailure);
        return thrown.error;
      }),
    );
  return { crashes, lambda, effects, answers, invoke };
};

describe('A crash', () => {
  it('strikes after an effect: it has happened, nobody is told, and the code goes no further', async () => {
    const { crashes, lambda, effects, answers, invoke } = world(0, 1);
    crashes.keysPlanned(1);

    assert.equal(await invoke(['a', 'b']), 'Lambda.Unknown');

    assert.deepEqual([effects, answers], [['a'], []]);
    assert.deepEqual([crashes.strikes, lambda.counts().get('promote')?.crashes], [1, 1]);
  });

  it('is not there when it is not asked for', async () => {
    const { effects, answers, invoke } = world(0);

    assert.equal(await invoke(['a', 'b']), 'done');
    assert.deepEqual(
      [effects, answers],
      [
        ['a', 'b'],
        ['a', 'b'],
      ],
    );
  });

  it('never strikes an invocation without an effect', async () => {
    const { invoke } = world(1);

    assert.equal(await invoke([]), 'done');
  });

  it('strikes every doomed invocation that has an effect, some of them only when all is done', async () => {
    const { invoke, effects, crashes } = world(1);
    const deaths: number[] = [];
    for (let number = 0; number < 40; number += 1) {
      const before = effects.length;
      assert.equal(await invoke([`a${number}`, 'b', 'c']), 'Lambda.Unknown');
      deaths.push(effects.length - before);
    }

    assert.equal(crashes.strikes, 40);
    assert.deepEqual([...new Set(deaths)].sort(), [1, 2, 3]);
  });

  it('lets the fourth attempt of the same work live, so that a run can end', async () => {
    const { invoke } = world(1);

    const answers = [await invoke(['a']), await invoke(['a']), await invoke(['a']), await invoke(['a']), await invoke(['a'])];

    assert.deepEqual(answers, ['Lambda.Unknown', 'Lambda.Unknown', 'Lambda.Unknown', 'done', 'Lambda.Unknown']);
  });

  it('strikes about one invocation in twenty at a rate of 5 %', async () => {
    const { invoke, crashes } = world(0.05);
    for (let number = 0; number < 1_000; number += 1) await invoke([`key ${number}`]);

    assert.ok(crashes.strikes > 25 && crashes.strikes < 80, `${crashes.strikes} of 1,000`);
  });

  it('strikes at least once per fifty keys, where chance alone would not, and owes nothing for keys beyond the plan', async () => {
    const { invoke, crashes } = world(0, 50);
    crashes.keysPlanned(100);
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);

    for (let number = 0; number < 8; number += 1) await invoke([`batch ${number}`, ...keys]);

    assert.equal(crashes.strikes, 2);
  });

  it('draws for each invocation on its own: the same seed strikes the same ones', async () => {
    const strikes = async (seed: number) => {
      const { invoke } = world(0.3, undefined, seed);
      const seen: unknown[] = [];
      for (let number = 0; number < 30; number += 1) seen.push(await invoke([`key ${number}`]));
      return seen;
    };

    assert.deepEqual(await strikes(5), await strikes(5));
    assert.notDeepEqual(await strikes(5), await strikes(6));
  });
});
