import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summary } from '../../../cli/summary.ts';
import { outcomesOf, storyUnder, tell, toldFrom } from '../../support/stories.ts';

test('keys that may be in a source which refuses to list them keep the run from being green, and the summary says so', async () => {
  const story = storyUnder({ keys: 20 }, ({ source }) => ({
    interfere: ({ operation, region }) =>
      region === source && operation.startsWith('List')
        ? { kind: 'refuse', name: 'AccessDeniedException', message: 'not authorized to perform: kms:ListKeys', status: 400 }
        : undefined,
  }));
  const { figures } = await toldFrom(story);

  assert.deepEqual(outcomesOf(figures), { promoted: 20 });
  assert.deepEqual([figures.result, figures.inventoryComplete, figures.runs[0]?.status], ['partly', false, 'FAILED']);
  assert.match(
    summary(figures, 'runs/x'),
    /All 20 keys that were found are where they shall be, but us-east-1 did not list all of its keys/,
  );
  const [note = ''] = figures.notes.filter((each) => each.startsWith('INVENTORY_INCOMPLETE'));
  assert.match(note, /No listing there was ever complete\.$/);
  assert.ok(summary(figures, 'runs/x').replace(/\s+/g, ' ').includes(note));
});

test('a source that answers badly still lists its keys: a page that failed is asked for again', async () => {
  for (const seed of ['1', '2', '3', '4', '5', '6']) {
    const { figures } = await tell({ faults: ['degraded'], keys: 16, seed });

    assert.deepEqual([figures.result, figures.inventoryComplete], ['moved', true], `seed ${seed}`);
  }
});
