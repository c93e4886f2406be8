import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arnOfAlarm, regionWatchedBy } from '../../../core/fleet/alarm.ts';
import { region } from '../../../core/region.ts';
import { fleetWith } from '../../support/fleet.ts';

const arnIn = (code: string): string => `arn:aws:cloudwatch:${code}:111122223333:alarm:kms`;
const watchedFrom = (code: string, alarms: readonly unknown[]) =>
  regionWatchedBy(fleetWith({ alarms }), { arn: arnIn(code), region: region(code) });

describe('The Region that an alarm speaks of', () => {
  it('is the one that it lives in, when that is one of the fleet’s', () =>
    assert.equal(watchedFrom('us-west-2', [arnIn('us-west-2')]), 'us-west-2'));

  it('is not told by one that lives elsewhere', () => assert.equal(watchedFrom('eu-north-1', [arnIn('eu-north-1')]), undefined));

  it('is the one that the fleet file says it watches, wherever it lives', () => {
    for (const code of ['us-east-1', 'us-west-2', 'eu-north-1'])
      assert.equal(watchedFrom(code, [{ arn: arnIn(code), watches: 'us-east-1' }]), 'us-east-1');
  });
});

describe('The ARN of an alarm', () => {
  it('is found in both ways of naming it', () =>
    assert.deepEqual([arnIn('us-west-2'), { arn: arnIn('us-west-2'), watches: region('us-east-1') }].map(arnOfAlarm), [
      arnIn('us-west-2'),
      arnIn('us-west-2'),
    ]));
});
