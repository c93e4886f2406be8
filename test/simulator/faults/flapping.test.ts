import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE, TARGET } from '../kms/kms-world.ts';
import { ended, worldWith } from './fault-world.ts';

describe('The fault flapping', () => {
  it('lets the source be dark for 15 to 40 s and answer for 20 to 60 s, in turns, and nobody else', async () => {
    const { world, keyIds } = worldWith(['flapping'], { keyCount: 1, requestTimeoutMs: 1 });
    const KeyId = keyIds[0] ?? '';
    const turns: Array<{ answers: boolean; seconds: number }> = [];
    for (let second = 0; second < 600; second += 1) {
      const [source, target] = await world.run(
        Promise.all([SOURCE, TARGET].map((region) => ended(world.at(region).describeKey({ KeyId })))),
      );
      await world.run(world.clock.sleep(1_000 - (world.clock.now() % 1_000)));
      assert.equal(target, 'ok');
      const last = turns.at(-1);
      if (last?.answers === (source === 'ok')) last.seconds += 1;
      else turns.push({ answers: source === 'ok', seconds: 1 });
    }

    assert.equal(turns[0]?.answers, false);
    assert.ok(turns.length >= 12, `${turns.length} turns`);
    for (const { answers, seconds } of turns.slice(0, -1)) {
      const [least, most] = answers ? [19, 61] : [14, 41];
      assert.ok(seconds >= least && seconds <= most, `${answers ? 'answered' : 'dark'} for ${seconds} s`);
    }
  });
});
