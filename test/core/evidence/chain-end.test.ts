import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { chainsOf } from '../../../core/evidence/chain.ts';
import { type ChainEnds, chainedOn, linkBefore, withWritten } from '../../../core/evidence/chain-end.ts';
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
