import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '../../bench/row.ts';
import { tables } from '../../bench/table.ts';

const ROW: Row = {
  scenario: 'alone',
  contender: 'mrk-failover',
  keys: 100_000,
  accounts: 50,
  seed: '4',
  limiter: 'wide-bucket',
  moved: 100_000,
  secondsToFirst: 20,
  firstOverheadSeconds: 12.6,
  secondsTotal: 560,
  floorSeconds: 500,
  overheadSeconds: 30,
  ratioConfigured: 1.12,
  ratioQuota: 1.4,
  laneIdleSeconds: 0.25,
  throttles: 0,
  tenantThrottleRate: null,
  describesPerKeyRegion: 3,
  callsPerKey: 14,
  transitionsPer1000: 210,
  gbSecondsPer1000: 170,
  tableWritesPer1000: 40,
  usdPer1000: 0.06,
  usdPer1000WithoutKms: 0.01,
  wrong: 0,
  wallSeconds: 600,
  peakMb: 900,
};

describe('The benchmark for people', () => {
  it('has a table for each scenario, with a line for each row', () => {
    const text = tables([ROW, { ...ROW, scenario: 'tenant-even', tenantThrottleRate: 0.017, secondsTotal: null }]);

    assert.match(text, /^alone: nobody else changes keys\n/);
    assert.match(text, /100,000 in 50 {2}mrk-failover .* 0\.0600 .* 0\.0100/);
    assert.match(text, /\ntenant-even: somebody else .*\n.*\n.* – .* 1\.7 % /);
  });

  it('says what a quiet month costs, and a second trail', () =>
    assert.match(
      tables([ROW]),
      /\nIdle, 3 fleets in 3 Regions under 2 control Regions cost \$38\.86 a month, most of it for custom metrics .* A second CloudTrail trail would cost \$0\.30 for 1,000 keys\./,
    ));
});
