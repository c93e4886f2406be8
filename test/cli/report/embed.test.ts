import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cspHash, jsonForScript } from '../../../cli/report/embed.ts';

describe('Data within a page', () => {
  it('cannot end its script, and is what it was when it is read', () => {
    const value = { text: '</script><!--<script>\u2028"\'&' };

    const embedded = jsonForScript(value);

    assert.doesNotMatch(embedded, /</);
    assert.deepEqual(JSON.parse(embedded), value);
  });
});

describe('The hash of an inline script', () => {
  it('is the one that the standard gives as its example', () => {
    // https://www.w3.org/TR/CSP2/#script-src-hash-usage
    assert.equal(cspHash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
  });
});
