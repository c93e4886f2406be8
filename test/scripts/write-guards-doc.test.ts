import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { AFTERCARE_RULES } from '../../core/decision/aftercare.ts';
import { GUARDS } from '../../core/decision/guards/guards.ts';
import { RULES, type Rule } from '../../core/decision/rules.ts';

import { guardsDocument } from '../../scripts/guards-document.ts';
import { inProject } from '../../scripts/kept-files.ts';

const document = readFileSync(inProject('docs/guards.md'), 'utf8');

describe('docs/guards.md', () => {
  it('has every guard with its question, and every rule once with what is so and the decision that comes of it', () => {
    const rows = document.split('\n').map((line) => line.split(' | ').map((cell) => cell.replaceAll('|', '').trim()));

    for (const { name, asks } of GUARDS)
      assert.equal(rows.filter(([first, second]) => first === `\`${name}\`` && second === asks).length, 1);
    for (const [code, { decision, means }] of Object.entries<Rule>({ ...RULES, ...AFTERCARE_RULES })) {
      const found = rows.filter(([first]) => first === `\`${code}\``);
      assert.equal(found.length, 1, code);
      assert.ok(found[0]?.includes(means) && found[0]?.includes(`\`${decision}\``), code);
    }
  });

  it('is up to date', () => assert.equal(document, guardsDocument()));
});
