import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { summary } from '../../cli/summary.ts';
import { tell } from '../support/stories.ts';

const [refusedFirst, nothingStarted] = await Promise.all([
  tell({ keys: 12, seed: '4', faults: ['lost-reply'] }),
  tell({ keys: 2, script: { name: 'quiet', tell: async (teller) => teller.say('Nothing happens.') } }),
]);
const told = ({ figures }: typeof refusedFirst): string => stripVTControlCharacters(summary(figures, 'runs/x'));

describe('The end of a story', () => {
  it('says of a run that a guard refused that it was, and by which', () => {
    assert.match(
      told(refusedFirst),
      /runs +payments-[0-9a-f]{16}-1 refused by target-healthy\n +payments-[0-9a-f]{16}-2 SUCCEEDED, moved\n/,
    );
    assert.match(told(refusedFirst), /The report, for a browser: runs\/x\/report\.html\n +Evidence, one line a key: runs\/x\/evidence\/\n/);
  });

  it('names no evidence where no run left any', () => {
    assert.match(
      told(nothingStarted),
      /The report, for a browser: runs\/x\/report\.html\n +No run left evidence\. What was decided, one line each: runs\/x\/decisions\.jsonl\n/,
    );
  });
});
