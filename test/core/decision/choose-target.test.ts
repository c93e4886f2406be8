import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chooseTarget } from '../../../core/decision/choose-target.ts';
import { known } from '../../../core/decision/known.ts';
import { type Region, region } from '../../../core/region.ts';
import type { Judged, Verdict } from '../../../core/verdict/verdict.ts';
import { fleetWith } from '../../support/fleet.ts';

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1', 'ap-south-1'].map(region);
const fleet = fleetWith({ standbys: ['us-west-2', 'eu-west-1', 'ap-south-1'] });
const home = region('us-east-1');

const judged = (verdict: Verdict): Judged => ({ verdict, why: 'the test says so' });
const choose = (source: Region, verdicts: Readonly<Record<string, Verdict>> = {}, troubled: readonly string[] = []) =>
  chooseTarget(
    {
      fleet,
      verdicts: new Map(Object.entries(verdicts).map(([code, verdict]) => [region(code), judged(verdict)])),
      incidents: known(troubled.map((code) => ({ incident: 'health-1', region: region(code) }))),
    },
    source,
  );

describe('The target of a failover in the middle of a drill', () => {
  const drill = { source: home, target: region('eu-west-1') };
  const during = (source: Region) => chooseTarget({ fleet, drill, verdicts: new Map(), incidents: known([]) }, source)?.target;

  it('is where the drill took its keys when the trouble is where they came from: they stay, and the rest follows', () => {
    assert.equal(during(home), 'eu-west-1');
  });

  it('is where they came from when the trouble is where the drill takes them: they return first', () => {
    assert.equal(during(region('eu-west-1')), home);
  });

  it('is the preferred standby when the trouble is elsewhere', () => {
    assert.equal(during(region('ap-south-1')), 'us-west-2');
  });
});

describe('The target of a failover', () => {
  it('is the preferred standby when nothing is known', () => assert.deepEqual(choose(home), { target: 'us-west-2', why: '' }));

  it('is the first standby that is healthy, rather than one that is not known', () => {
    assert.deepEqual(choose(home, { 'eu-west-1': 'healthy', 'ap-south-1': 'healthy' }), {
      target: 'eu-west-1',
      why: 'The keys would go to eu-west-1, because us-west-2 is unknown.',
    });
  });

  it('is one that is not known, rather than one that is in trouble', () => {
    assert.equal(choose(home, { 'us-west-2': 'degraded', 'eu-west-1': 'unreachable' })?.target, 'ap-south-1');
  });

  it('is not a Region with an open incident, healthy or not', () => {
    assert.equal(choose(home, { 'us-west-2': 'healthy', 'eu-west-1': 'healthy' }, ['us-west-2'])?.target, 'eu-west-1');
  });

  it('is the home last of all, when a standby has to be left', () => {
    const healthy = { 'us-east-1': 'healthy', 'eu-west-1': 'healthy', 'ap-south-1': 'healthy' } as const;

    assert.equal(choose(region('us-west-2'), healthy)?.target, 'eu-west-1');
    assert.equal(choose(region('us-west-2'), { ...healthy, 'eu-west-1': 'degraded', 'ap-south-1': 'degraded' })?.target, 'us-east-1');
  });

  it('is always a Region of the fleet, never the source, and never worse than another that there was', () => {
    const verdicts = fc.dictionary(fc.constantFrom(...REGIONS), fc.constantFrom<Verdict>('healthy', 'degraded', 'unreachable', 'unknown'));
    fc.assert(
      fc.property(fc.constantFrom(...REGIONS), verdicts, fc.subarray(REGIONS), (source, found, troubled) => {
        const target = choose(source, found, troubled)?.target;
        assert.ok(target !== undefined && REGIONS.includes(target) && target !== source);
        const isGood = (candidate: Region) => found[candidate] === 'healthy' && !troubled.includes(candidate);
        if (REGIONS.some((candidate) => candidate !== source && isGood(candidate))) assert.ok(isGood(target));
      }),
    );
  });
});
