import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chainsOf } from '../../../core/evidence/chain.ts';
import { type ChainEnds, chainedOn, endIn, linkBefore, unwrittenIn, withWritten } from '../../../core/evidence/chain-end.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { sealed, summaryText } from '../../../core/evidence/seal.ts';
import { region } from '../../../core/region.ts';
import { leftBy, linkTo, runId } from '../../support/evidence.ts';

const HERE = region('us-east-2');
const { evidence: first } = leftBy(1);
const { evidence: second } = leftBy(2, first);
const afterFirst = chainedOn(undefined, undefined, first);

describe('The end of a chain', () => {
  it('is the run that was chained on last, with its summary until that is written', () => {
    assert.deepEqual(afterFirst, { [HERE]: { last: linkTo(first), previous: undefined, unwritten: summaryText(first) } });
    assert.deepEqual(withWritten(afterFirst, first), { [HERE]: { last: linkTo(first), previous: undefined, unwritten: undefined } });
  });

  it('is without a summary that is too large for the table, which must have room for one of each control Region', () => {
    const noted = (notes: readonly string[]) => {
      const { seal: _, ...rest } = first;
      return chainedOn(undefined, undefined, sealed({ ...rest, notes }))?.[HERE];
    };

    assert.notEqual(noted(['x'.repeat(170_000)])?.unwritten, undefined);
    assert.equal(noted(['x'.repeat(180_000)])?.unwritten, undefined);
    // Each quotation mark is written with three backslashes before it by then.
    assert.equal(noted(['"'.repeat(50_000)])?.unwritten, undefined);
    assert.equal(noted(['ä'.repeat(100_000)])?.unwritten, undefined);
    assert.equal(noted(['x'.repeat(180_000)])?.last.runId, runId(1));
  });

  it('is none where it is not whole, and has no summary but the one that was sealed', () => {
    for (const end of [undefined, null, {}, { last: {} }, { last: { runId: runId(1), seal: first.seal } }])
      assert.equal(endIn({ [HERE]: end } as ChainEnds, HERE), undefined);
    const end = endIn(afterFirst, HERE) ?? assert.fail();
    assert.deepEqual(unwrittenIn(end), { runId: runId(1), text: summaryText(first) });
    for (const unwritten of [undefined, '', '{', 'null', summaryText(second), summaryText({ ...first, keys: 9 })])
      assert.equal(unwrittenIn({ ...end, unwritten }), undefined);
  });

  it('is named by the next run, and not by the last itself, which names what it named before', () => {
    const afterSecond = chainedOn(afterFirst, afterFirst?.[HERE], second)?.[HERE];

    assert.equal(linkBefore(undefined, runId(1)), undefined);
    assert.deepEqual(linkBefore(afterFirst?.[HERE], runId(2)), linkTo(first));
    assert.equal(linkBefore(afterFirst?.[HERE], runId(1)), undefined);
    assert.deepEqual(linkBefore(afterSecond, runId(2)), linkTo(first));
  });

  it('takes nothing on that was made for another end', () => {
    assert.equal(chainedOn(afterFirst, undefined, second), undefined);
    assert.equal(chainedOn(undefined, afterFirst?.[HERE], second), undefined);
  });

  it('keeps the summary of a later run when an earlier one is told to be written', () =>
    assert.equal(withWritten(afterFirst, second), afterFirst));

  it('is one for each control Region', () => {
    const there = leftBy(3, undefined, { controlRegion: region('us-west-2') }).evidence;

    assert.deepEqual(Object.keys(chainedOn(afterFirst, undefined, there) ?? {}), ['us-east-2', 'us-west-2']);
  });

  it('leads to a chain without a flaw, whoever comes in whatever order, and however often', () =>
    fc.assert(
      fc.property(fc.array(fc.record({ run: fc.integer({ min: 1, max: 5 }), isStale: fc.boolean() }), { maxLength: 30 }), (attempts) => {
        const inChain = new Map<string, Evidence>();
        let ends: ChainEnds | undefined;
        let stale: ChainEnds | undefined;
        for (const { run, isStale } of attempts) {
          const seen = (isStale ? stale : ends)?.[HERE];
          const id = runId(run);
          // A run that is in the chain and not at its end is left alone.
          if (inChain.has(id) && seen?.last.runId !== id) continue;
          const { seal: _, previous: __, ...rest } = leftBy(run).evidence;
          const previous = linkBefore(seen, id);
          const evidence = sealed({ ...rest, endedAt: rest.endedAt + inChain.size, ...(previous === undefined ? {} : { previous }) });
          const next = chainedOn(ends, seen, evidence);
          stale = ends;
          if (next === undefined) continue;
          ends = next;
          inChain.set(id, evidence);
        }
        assert.deepEqual(
          chainsOf([...inChain.values()], { unsealed: [], unreadable: new Set() }).map(({ flaws, newest }) => [flaws, newest.length]),
          inChain.size === 0 ? [] : [[[], 1]],
        );
      }),
    ));
});
