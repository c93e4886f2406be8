import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { terminalSvg } from '../../scripts/terminal-svg.ts';

const ESC = String.fromCharCode(27);
const draw = (text: string, columns = 40) => terminalSvg(text, { columns, title: 'A run' });

/** Every drawn text with its place and its style. */
const drawn = (text: string, columns?: number) =>
  [...draw(text, columns).matchAll(/<text x="([\d.]+)" y="(\d+)" textLength="[\d.]+"([^>]*)>([^<]*)<\/text>/g)].map(
    ([, x, y, style = '', words]) => ({ x: Number(x), y: Number(y), style: style.trim(), words }),
  );

describe('The picture of a terminal', () => {
  it('puts each line below the one before, at its column', () => {
    assert.deepEqual(drawn('one\n  two'), [
      { x: 20, y: 50, style: '', words: 'one' },
      { x: 36.8, y: 70, style: '', words: 'two' },
    ]);
  });

  it('draws bold, dim and coloured text as such, and plain text after their ends', () => {
    assert.deepEqual(
      drawn(`${ESC}[1m${ESC}[32mMOVED${ESC}[39m${ESC}[22m ${ESC}[2mdim${ESC}[22m plain`).map(({ style, words }) => [words, style]),
      [
        ['MOVED', 'font-weight="bold" fill="#56d364"'],
        ['dim', 'opacity="0.6"'],
        ['plain', ''],
      ],
    );
  });

  it('breaks a line that is too long at a space and sets the rest in', () => {
    assert.deepEqual(
      drawn('  one two three', 10).map(({ x, y, words }) => [words, x, y]),
      [
        ['one two', 36.8, 50],
        ['three', 53.6, 70],
      ],
    );
  });

  it('leaves out no word of a line that is broken', () => {
    const line = Array.from({ length: 60 }, (_, index) => `word${index}`).join(' ');

    assert.equal(
      drawn(line, 30)
        .map(({ words }) => words)
        .join(' '),
      line,
    );
  });

  it('writes what is special in SVG so that it reads as it was', () => {
    assert.deepEqual(
      drawn('a < b & c > d').map(({ words }) => words),
      ['a &lt; b &amp; c &gt; d'],
    );
  });

  it('tells the text without its styles to those who cannot see the picture', () => {
    assert.match(draw(`${ESC}[1mKMS calls${ESC}[22m  none`), /<desc>KMS calls {2}none<\/desc>/);
  });

  it('refuses a style that it cannot draw', () => {
    assert.throws(() => draw(`${ESC}[45mmagenta behind`), /Expected one of the style codes 1, 2, 22, 39, 31, 32, 33, 34, 36; got 45\./);
  });

  it('refuses control sequences that are no style', () => {
    assert.throws(() => draw(`${ESC}[2Kgone`), /Expected a style such as \[32m after an escape; got "\[2Kgone"\./);
  });
});
