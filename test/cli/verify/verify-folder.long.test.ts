import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { leaveEvidence } from '../../../cli/leave-evidence.ts';
import { verifyFolder } from '../../../cli/verify/verify-folder.ts';
import { type StoryWords, tell } from '../../support/stories.ts';

const home = mkdtempSync(join(tmpdir(), 'mrk-failover-verify-stories-'));
after(() => rmSync(home, { recursive: true, force: true }));

const SEEDS = ['1', '2', '3'];
const STORIES: readonly StoryWords[] = [
  { faults: ['function-crash', 'lost-reply'], again: true },
  { faults: ['abort'] },
  { faults: ['abort', 'function-crash'] },
  { faults: ['source-down-for=10m', 'function-crash'] },
  { operation: 'drill', faults: ['function-crash'], again: true },
];

for (const [index, words] of STORIES.entries())
  it(`The evidence of a ${words.operation ?? 'failover'} with ${words.faults?.join(' and ')} verifies, whatever the seed`, async () => {
    for (const seed of SEEDS) {
      const { world, figures } = await tell({ keys: 40, seed, ...words });
      const folder = join(home, `${index}-${seed}`);
      await leaveEvidence(folder, world, figures);
      const seals = world.bus.events.flatMap(({ detailType, detail }) => (detailType === 'Run Finished' ? [String(detail.seal)] : []));

      assert.notEqual(seals.length, 0, `seed ${seed}`);
      assert.deepEqual(verifyFolder(folder, { seals }).wrong, [], `seed ${seed}`);
    }
  });
