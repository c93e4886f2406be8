import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Region } from '../../../../core/region.ts';
import type { Verdict } from '../../../../core/verdict/verdict.ts';
import { sparedRegions } from '../../../../functions/frame/deciding/spared.ts';
import { SOURCE, TARGET, THIRD } from '../../../support/keys.ts';
import { requestWith } from '../../../support/runs.ts';

const judged = (verdicts: ReadonlyArray<readonly [Region, Verdict]>) =>
  new Map(verdicts.map(([region, verdict]) => [region, { verdict, why: 'a probe says so' }]));

const spared = (operation: 'failover' | 'drill' | 'failback', verdicts: ReadonlyArray<readonly [Region, Verdict]>): readonly Region[] => [
  ...sparedRegions(requestWith({ operation, source: SOURCE, target: TARGET }), judged(verdicts)),
];

describe('The Regions in which no key is asked for', () => {
  for (const operation of ['failover', 'drill', 'failback'] as const) {
    it(`are those that answer nobody, also as the target of a ${operation}`, () => {
      const verdicts = [
        [SOURCE, 'healthy'],
        [TARGET, 'unreachable'],
        [THIRD, 'unknown'],
      ] as const;

      assert.deepEqual(spared(operation, verdicts), [TARGET]);
    });
  }

  const ailing = [
    [SOURCE, 'degraded'],
    [TARGET, 'degraded'],
    [THIRD, 'degraded'],
  ] as const;

  it('are in a failover also those that ail, except its target', () => assert.deepEqual(spared('failover', ailing), [SOURCE, THIRD]));

  it('are none of those that ail where there is time to wait for them', () => {
    assert.deepEqual([spared('drill', ailing), spared('failback', ailing)], [[], []]);
  });
});
