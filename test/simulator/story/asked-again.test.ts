import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../../core/decision/decision.ts';
import { outcomesOf, primariesBy, tell } from '../../support/stories.ts';

const objectionsIn = (decision: Decision | undefined) =>
  decision?.judgement?.answers.flatMap((answer) => (answer.kind === 'pass' ? [] : [answer.guard]));

for (const seed of ['1', '4'])
  test(`what a guard refuses to a signal’s run the minute tick asks for again, until nothing stands against it (seed ${seed})`, async () => {
    const { figures, world } = await tell({ faults: ['lost-reply'], keys: 12, seed });

    assert.deepEqual(
      figures.runs.map(({ status, result }) => [status, result]),
      [
        ['FAILED', 'refused'],
        ['SUCCEEDED', 'moved'],
      ],
    );
    assert.match(figures.runs[0]?.objections.join() ?? '', /^target-healthy: .+ What lifts it: /);
    assert.deepEqual(outcomesOf(figures), { promoted: 12 });
    assert.deepEqual(primariesBy(world), { 'us-west-2': 12 });
    const [refused] = figures.runs;
    const record = await world.clock.run(world.table.read<Decision>('decision', `payments/plan-${refused?.runId}`));
    assert.deepEqual(objectionsIn(record?.value), ['target-healthy']);
  });
