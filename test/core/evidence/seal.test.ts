import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { canonical, sealed, sealOf, sha256, summaryText } from '../../../core/evidence/seal.ts';
import { leftBy } from '../../support/evidence.ts';

const { evidence } = leftBy(1);

/** The same value with the fields of each object in another order. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, turned(inner)])
      .toReversed(),
  );
};

describe('The canonical form', () => {
  it('sorts fields at every depth, leaves lists in their order, and has nothing between the signs', () =>
    assert.equal(canonical({ b: [{ d: 1, c: undefined }, 'ä\n'], a: null }), '{"a":null,"b":[{"d":1},"ä\\n"]}'));

  it('is the same whatever the order of the fields, and says the same as before', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(canonical(turned(value)), canonical(value));
        assert.equal(canonical(JSON.parse(canonical(value))), canonical(value));
      }),
    ));
});

describe('A seal', () => {
  it('is the SHA-256 of everything in the summary but itself', () => {
    const { seal, ...rest } = evidence;

    assert.equal(seal, sha256(canonical(rest)));
    assert.equal(sealOf(evidence), seal);
    assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('stays when the summary is written and read again', () => {
    assert.equal(sealOf(JSON.parse(summaryText(evidence))), evidence.seal);
    assert.equal(summaryText(JSON.parse(summaryText(evidence))), summaryText(evidence));
  });

  it('is another when any field is another, or gone', () => {
    for (const field of Object.keys(evidence).filter((name) => name !== 'seal')) {
      assert.notEqual(sealed({ ...evidence, [field]: 'changed' }).seal, evidence.seal, field);
      const isThere = Reflect.get(evidence, field) !== undefined;
      assert.equal(sealed({ ...evidence, [field]: undefined }).seal !== evidence.seal, isThere, field);
    }
  });
});
