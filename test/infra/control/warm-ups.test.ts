import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WARM_UP, WARMED_UP } from '../../../core/run/warm-up.ts';
import { installation } from '../../support/infra/installation.ts';
import { resolved } from '../../support/infra/resolve.ts';
import { resourcesOf } from '../../support/infra/stacks.ts';

interface RuleProperties {
  readonly EventPattern: { readonly detail?: { readonly status?: readonly string[] } };
  readonly Targets: ReadonlyArray<{ readonly Arn: string; readonly Input?: string }>;
}

describe('When a run begins', () => {
  const { control } = installation();
  const rules = resourcesOf(control, 'AWS::Events::Rule')
    .map(([, { Properties }]) => resolved(control, Properties) as RuleProperties)
    .filter(({ EventPattern }) => EventPattern.detail?.status?.includes('RUNNING'));
  const targets = rules.flatMap(({ Targets }) => Targets);

  it('every function that it comes to is started, as a published version, and asked for nothing else', () => {
    const started = targets.map(({ Arn }) => /function:mrk-failover-(\w+):\d+$/.exec(Arn)?.[1]);
    assert.deepEqual(started.toSorted(), [...WARMED_UP].toSorted());
    for (const { Input } of targets) assert.deepEqual(JSON.parse(Input ?? 'null'), WARM_UP);
  });

  it('no rule has more targets than EventBridge lets it have', () => {
    assert.ok(rules.length > 1);
    for (const { Targets } of rules) assert.ok(Targets.length <= 5);
  });
});
