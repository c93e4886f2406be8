import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { REASONS } from '../../core/outcome/reasons.ts';
import { inProject } from '../../scripts/kept-files.ts';
import { reasonsDocument } from '../../scripts/reasons-document.ts';

const document = readFileSync(inProject('docs/reasons.md'), 'utf8');

describe('docs/reasons.md', () => {
  it('has every reason code below the outcome that it belongs to', () => {
    const sections = new Map(document.split('\n## ').map((section) => [section.split('\n')[0], section] as const));

    for (const [code, { outcome, meaning }] of Object.entries(REASONS)) {
      const rows = (sections.get(outcome) ?? '').split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
      assert.deepEqual(
        rows.filter((cells) => cells[1] === `\`${code}\``),
        [['', `\`${code}\``, meaning, '']],
      );
    }
  });

  it('is up to date', () => assert.equal(document, reasonsDocument()));
});
