import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { EXAMPLE, idleItems, idleUsdPerMonth } from '../../bench/idle.ts';

/** The rows of the cost page's first table, without the blanks that line them up. */
const [, idle = ''] = readFileSync(new URL('../../docs/guides/cost.md', import.meta.url), 'utf8').split('## Idle, a month');
const [table = ''] = idle.split('\n## ');
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.replaceAll(/ *\| */g, '|').replace(/^\||\|$/g, ''))
  .slice(2);

const dollars = (usd: number): string => `$${usd.toFixed(2)}`;

describe('The cost page', () => {
  it('says of every idle item what the benchmark says, and the same of all together', () => {
    const computed = idleItems(EXAMPLE).map(({ what, formula, usdPerMonth }) => [what, formula, dollars(usdPerMonth)].join('|'));
    assert.deepEqual(rows, [...computed, `**together**||**${dollars(idleUsdPerMonth(EXAMPLE))}**`]);
  });

  it('says what one control Region saves', () => {
    assert.ok(idle.includes(`about $${Math.round(idleUsdPerMonth({ ...EXAMPLE, controlRegions: 1 }))} a month`));
  });
});
