import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { healthySinceOf, probed, watchRegions } from '../../../../functions/frame/deciding/probe.ts';
import { type DecidersOptions, deciders, MINUTE_MS, MORNING } from '../../../support/deciders.ts';
import { fleetWith, mrk } from '../../../support/fleet.ts';
import { SOURCE, TARGET } from '../../../support/keys.ts';

const probing = async (options: DecidersOptions = {}, fleetFields: Readonly<Record<string, unknown>> = {}) => {
  const world = await deciders(options);
  const { runtime } = world.first;
  const ask = { fleetName: 'payments', fleet: fleetWith(fleetFields), keys: world.keys, regions: [SOURCE, TARGET] };
  const look = async () => {
    const began = world.clock.now();
    const verdicts = await world.clock.run(probed(runtime, ask));
    return { tookMs: world.clock.now() - began, is: verdicts.get(SOURCE)?.verdict, why: verdicts.get(SOURCE)?.why ?? '' };
  };
  const tick = async () => {
    await world.clock.run(world.clock.sleep(MINUTE_MS));
    await world.clock.run(watchRegions(runtime, ask));
  };
  return { ...world, runtime, ask, look, tick };
};

describe('A look at a fleet’s Regions', () => {
  it('takes no time when all are well', async () => {
    const { is, tookMs } = await (await probing()).look();

    assert.equal(is, 'healthy');
    assert.ok(tookMs < 200, String(tookMs));
  });

  it('takes three seconds when one is slow, and ten when one is dark', async () => {
    const slow = await (await probing({ moods: { [SOURCE]: 'slow' } })).look();
    const dark = await (await probing({ moods: { [SOURCE]: 'dark' } })).look();

    assert.deepEqual([slow.is, dark.is], ['degraded', 'unreachable']);
    assert.ok(slow.tookMs <= 3_100, String(slow.tookMs));
    assert.ok(dark.tookMs <= 10_100, String(dark.tookMs));
  });

  it('asks a fleet of one key for it several times, and says so of a fleet without any', async () => {
    assert.match((await (await probing({ keys: 1 })).look()).why, /^of 5 probes/);
    assert.equal((await (await probing({ keys: 0 })).look()).is, 'unknown');
  });

  it('remembers what the ticks saw in the last minutes', async () => {
    const { look, tick, moods, clock } = await probing({ moods: { [SOURCE]: 'dark' } });
    for (let minute = 0; minute < 2; minute += 1) await tick();
    moods.set(SOURCE, 'well');
    await clock.run(clock.sleep(MINUTE_MS));

    assert.match((await look()).why, /^of 9 probes 4 failed or got no answer in the last 3 min$/);
  });
});

describe('A Region is healthy since', () => {
  it('the first tick that found it so, and no longer when one finds it in trouble', async () => {
    const { tick, moods, runtime, clock } = await probing();
    const since = () => clock.run(healthySinceOf(runtime, 'payments', SOURCE));
    assert.equal(await since(), undefined);
    await tick();
    const first = await since();
    await tick();
    assert.equal(await since(), first);
    assert.ok(first !== undefined && first >= MORNING + MINUTE_MS);
    moods.set(SOURCE, 'slow');
    await tick();

    assert.equal(await since(), undefined);
  });
});

describe('The write probe', () => {
  const canary = { probe: { canaryKey: mrk('1') } };

  it('asks the Region that holds the canary’s primary for that Region itself, and moves nothing', async () => {
    const { look, promotions, primaries } = await probing({}, canary);

    assert.equal((await look()).is, 'healthy');
    assert.deepEqual(promotions, [{ keyId: mrk('1'), from: SOURCE, to: SOURCE }]);
    assert.equal(primaries.get(mrk('1')), SOURCE);
  });

  it('is sent nowhere when the fleet file names no canary, or nobody shows where its primary is', async () => {
    const without = await probing();
    await without.look();
    const unseen = await probing({ moods: { [SOURCE]: 'denied' } }, canary);
    await unseen.look();

    assert.deepEqual([...without.promotions, ...unseen.promotions], []);
  });

  it('finds a Region degraded that reads well and promotes nothing', async () => {
    const change: DecidersOptions['change'] = ({ kms }) => ({
      kms: { ...kms, promote: async () => ({ kind: 'failure', code: 'internal', errorName: 'KMSInternalException', message: 'no' }) },
    });

    assert.equal((await (await probing({ change }, canary)).look()).is, 'degraded');
  });
});
