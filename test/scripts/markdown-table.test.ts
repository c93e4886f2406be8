import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { markdownTable } from '../../scripts/markdown-table.ts';

describe('A table in Markdown', () => {
  it('has every column as wide as its longest cell', () => {
    assert.deepEqual(
      markdownTable(
        ['code', 'what'],
        [
          ['`A`', 'short'],
          ['`LONGER`', ''],
        ],
      ),
      ['| code     | what  |', '| -------- | ----- |', '| `A`      | short |', '| `LONGER` |       |'],
    );
  });

  it('is its head and a rule when it has no rows', () => {
    assert.deepEqual(markdownTable(['code'], []), ['| code |', '| ---- |']);
  });
});
