import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Row } from '../../bench/row.ts';

const bench = (...words: string[]) =>
  spawnSync(process.execPath, [fileURLToPath(new URL('../../bench/main.ts', import.meta.url)), ...words], { encoding: 'utf8' });

const FIELDS = [
  'scenario',
  'contender',
  'keys',
  'accounts',
  'secondsToFirst',
  'secondsTotal',
  'floorSeconds',
  'overheadSeconds',
  'ratioConfigured',
  'ratioQuota',
  'throttles',
  'tenantThrottleRate',
  'describesPerKeyRegion',
  'callsPerKey',
  'transitionsPer1000',
  'gbSecondsPer1000',
  'tableWritesPer1000',
  'usdPer1000',
  'usdPer1000WithoutKms',
  'wrong',
  'wallSeconds',
  'peakMb',
] as const;

describe('The benchmark', () => {
  it('measures each contender in the same world, and prints nothing but the rows with --json', () => {
    const { stdout, status } = bench('--json', '--keys', '20', '--scenario', 'alone', '--contender', 'mrk-failover,map-40-adaptive');
    const rows: readonly Row[] = JSON.parse(stdout);

    assert.equal(status, 0);
    assert.deepEqual(
      rows.map(({ contender, moved, wrong, throttles }) => [contender, moved, wrong, contender === 'mrk-failover' ? throttles : 0]),
      [
        ['mrk-failover', 20, 0, 0],
        ['map-40-adaptive', 20, 0, 0],
      ],
    );
    for (const row of rows) for (const field of FIELDS) assert.ok(field in row, field);
  });

  it('refuses what it does not know in a sentence', () => {
    const { status, stderr } = bench('--scenario', 'quiet');

    assert.equal(status, 2);
    assert.equal(stderr, '--scenario: expected one of alone, failing, tenant-poisson, tenant-even; got "quiet".\n');
  });
});
