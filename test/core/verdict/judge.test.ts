import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Region } from '../../../core/region.ts';
import { judge } from '../../../core/verdict/judge.ts';
import type { Probe } from '../../../core/verdict/probe.ts';
import type { Verdict } from '../../../core/verdict/verdict.ts';
import type { ProbeWindow } from '../../../core/verdict/window.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';

const NOW = 10_000_000;

const one = (result: Probe['result'], latencyMs = 100, changes: Partial<Probe> = {}): Probe => ({
  at: NOW - 2_000,
  result,
  latencyMs,
  ...changes,
});
const some = (count: number, ...of: Parameters<typeof one>): Probe[] => Array.from({ length: count }, () => one(...of));
const healthy = some(5, 'answered');

/** What is said of the source when it was probed so, beside a target that is well unless it is given. */
const judged = (probes: readonly Probe[], window: Partial<ProbeWindow> = {}, target: readonly Probe[] = healthy) => {
  const windows = new Map<Region, ProbeWindow>([
    [SOURCE, { probes, ...window }],
    [TARGET, { probes: target }],
  ]);
  const verdict = judge(windows, NOW).get(SOURCE);
  return verdict ?? assert.fail('the source was not judged');
};

const table: ReadonlyArray<{ readonly it: string; readonly probes: readonly Probe[]; readonly is: Verdict; readonly why: RegExp }> = [
  { it: 'whose probes are all answered', probes: healthy, is: 'healthy', why: /^of 5 probes all were answered, the slowest in 0\.1 s$/ },
  { it: 'with one failure among five', probes: [...some(4, 'answered'), one('failed')], is: 'healthy', why: /1 failed/ },
  {
    it: 'with two failures among five',
    probes: [...some(3, 'answered'), ...some(2, 'failed')],
    is: 'degraded',
    why: /^of 5 probes 2 failed/,
  },
  { it: 'that answers slowly', probes: some(5, 'answered', 2_300), is: 'degraded', why: /5 answered slowly, the slowest in 2\.3 s/ },
  { it: 'with one answer among failures', probes: [one('answered'), ...some(4, 'failed')], is: 'degraded', why: /4 failed/ },
  { it: 'that answers nothing', probes: some(5, 'failed', 10_000), is: 'unreachable', why: /^of 5 probes 5 failed or got no answer$/ },
  { it: 'of which one probe alone tells, and fails', probes: [one('failed')], is: 'unknown', why: /1 failed/ },
  { it: 'that denies us', probes: some(5, 'denied'), is: 'unknown', why: /5 denied/ },
  { it: 'that throttles us', probes: some(5, 'throttled'), is: 'unknown', why: /5 throttled/ },
  { it: 'that we ask without credentials', probes: some(5, 'own-error'), is: 'unknown', why: /5 failed on our side/ },
  {
    it: 'that mostly denies us',
    probes: [...some(3, 'denied'), ...some(2, 'failed')],
    is: 'unknown',
    why: /2 failed or got no answer, 3 denied/,
  },
  { it: 'that denies us now and then', probes: [one('denied'), ...some(4, 'answered')], is: 'healthy', why: /1 denied/ },
  { it: 'that nobody probed', probes: [], is: 'unknown', why: /nobody probed in the last 30 s/ },
  { it: 'that nobody probed lately', probes: some(5, 'answered', 100, { at: NOW - 31_000 }), is: 'unknown', why: /nobody probed/ },
  {
    it: 'whose reads are answered while the write probe fails',
    probes: [...healthy, one('failed', 100, { write: true })],
    is: 'degraded',
    why: /1 failed/,
  },
  {
    it: 'that is well now and was in trouble a minute ago',
    probes: [...some(5, 'failed', 100, { at: NOW - 60_000 }), ...healthy],
    is: 'degraded',
    why: /^of 10 probes 5 failed.* in the last 3 min$/,
  },
  {
    it: 'that was well a minute ago and is in trouble now',
    probes: [...some(9, 'answered', 100, { at: NOW - 60_000 }), ...some(3, 'answered'), ...some(2, 'failed')],
    is: 'degraded',
    why: /^of 5 probes 2 failed/,
  },
  {
    it: 'that answered until a minute ago',
    probes: [...some(6, 'answered', 100, { at: NOW - 60_000 }), ...some(5, 'failed')],
    is: 'unreachable',
    why: /^of 5 probes 5 failed/,
  },
];

describe('A Region', () => {
  for (const row of table)
    it(`${row.it} is ${row.is}`, () => {
      const { verdict, why } = judged(row.probes);

      assert.equal(verdict, row.is);
      assert.match(why, row.why);
    });

  it('is not slow where answers always take that long', () => {
    assert.equal(judged(some(5, 'answered', 1_600), { baselineMs: 400 }).verdict, 'healthy');
    assert.equal(judged(some(5, 'answered', 1_600), { baselineMs: 100 }).verdict, 'degraded');
  });
});

describe('Trouble in a Region', () => {
  it('is not believed when no other Region is well from the same place: the trouble may be ours', () => {
    for (const target of [some(5, 'failed'), some(5, 'answered', 4_000), some(5, 'denied')]) {
      const { verdict, why } = judged(some(5, 'failed'), {}, target);

      assert.equal(verdict, 'unknown');
      assert.match(why, /no other Region of the fleet is healthy from here, so the trouble may be ours/);
    }
  });

  it('is believed when one of the others is well', () => {
    const windows = new Map<Region, ProbeWindow>([
      [SOURCE, { probes: some(5, 'failed') }],
      [TARGET, { probes: some(5, 'failed') }],
      [THIRD, { probes: healthy }],
    ]);

    assert.deepEqual(
      [...judge(windows, NOW).values()].map(({ verdict }) => verdict),
      ['unreachable', 'unreachable', 'healthy'],
    );
  });
});
