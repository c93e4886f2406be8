import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { aliasMatches, aliasPatternSchema, aliasPatternsMeet } from '../../../core/fleet/alias-pattern.ts';

const pattern = (text: string) => aliasPatternSchema.parse(text);

describe('An alias pattern', () => {
  for (const text of [
    'payments',
    'alias/',
    'alias/*/main',
    'alias/pay*ments',
    'alias/**',
    'alias/pay ments',
    '*',
    `alias/${'a'.repeat(251)}`,
  ]) {
    it(`is not ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.equal(aliasPatternSchema.safeParse(text).success, false);
    });
  }

  for (const [text, alias, expected] of [
    ['alias/payments/*', 'alias/payments/main', true],
    ['alias/payments/*', 'alias/payments/', true],
    ['alias/payments/*', 'alias/payments', false],
    ['alias/payments*', 'alias/payments-old', true],
    ['alias/*', 'alias/anything', true],
    ['alias/payments', 'alias/payments', true],
    ['alias/payments', 'alias/payments/main', false],
  ] as const) {
    it(`${text} ${expected ? 'matches' : 'does not match'} ${alias}`, () => {
      assert.equal(aliasMatches(pattern(text), alias), expected);
    });
  }

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/'), minLength: 1, maxLength: 4 });
  const anyPattern = fc.tuple(letters, fc.boolean()).map(([text, open]) => pattern(`alias/${text}${open ? '*' : ''}`));

  it('meets every pattern that matches one of the same aliases, whichever is asked', () => {
    fc.assert(
      fc.property(anyPattern, anyPattern, letters, (a, b, name) => {
        const alias = `alias/${name}`;
        assert.equal(aliasPatternsMeet(a, b), aliasPatternsMeet(b, a));
        if (aliasMatches(a, alias) && aliasMatches(b, alias)) assert.equal(aliasPatternsMeet(a, b), true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('meets no pattern without an alias that both match', () => {
    fc.assert(
      fc.property(anyPattern, anyPattern, (a, b) => {
        const [shorter, longer] = [a, b].map((text) => text.replace('*', '')).sort((x, y) => x.length - y.length);
        const common = aliasMatches(a, longer ?? '') && aliasMatches(b, longer ?? '');
        assert.equal(aliasPatternsMeet(a, b), common, `${shorter} and ${longer}`);
      }),
      { numRuns: 1_000 },
    );
  });
});
