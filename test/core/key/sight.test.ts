import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KeyView } from '../../../core/key/key.ts';
import { isAt, isSurelyAt, type Sight, sighted, toAsk, UNSEEN } from '../../../core/key/sight.ts';
import { readingsOf, SOURCE, TARGET, THIRD, viewOf } from '../../support/keys.ts';

type Answer = KeyView | 'unreachable';
const REGIONS = [SOURCE, TARGET, THIRD];
const moved = (at: (typeof REGIONS)[number]): Answer => viewOf(at, { primaryRegion: TARGET });
const old = (at: (typeof REGIONS)[number]): Answer => viewOf(at);

/** What is known after looks in a row; each tells what it saw in the source, in the target and in a third Region. */
const after = (...looks: ReadonlyArray<readonly [Answer | undefined, Answer | undefined, Answer | undefined]>): Sight =>
  looks.reduce((sight, look) => {
    const asked = REGIONS.flatMap((region, index) => (look[index] === undefined ? [] : [[region, look[index]] as const]));
    return sighted(sight, readingsOf(Object.fromEntries(asked)), TARGET);
  }, UNSEEN);

const [inSource, inTarget, inThird] = [moved(SOURCE), moved(TARGET), moved(THIRD)];

describe('A key is surely in the target', () => {
  it('when every Region says so twice in a row, and not before', () => {
    const once = after([inSource, inTarget, inThird]);
    assert.deepEqual([isAt(once, TARGET), isSurelyAt(once, TARGET)], [true, false]);
    assert.ok(isSurelyAt(after([inSource, inTarget, inThird], [inSource, inTarget, inThird]), TARGET));
  });

  it('when one Region says so later than the others, which need not be asked again', () => {
    const waiting = after([old(SOURCE), inTarget, inThird], [old(SOURCE), inTarget, inThird]);
    assert.deepEqual(toAsk(waiting, REGIONS), [SOURCE]);
    const found = after([old(SOURCE), inTarget, inThird], [inSource, inTarget, inThird], [inSource, undefined, undefined]);
    assert.deepEqual([isSurelyAt(found, TARGET), toAsk(found, REGIONS)], [true, []]);
  });

  it('when a Region that does not answer says nothing, unless that is the target', () => {
    assert.ok(isSurelyAt(after(['unreachable', inTarget, inThird], ['unreachable', inTarget, inThird]), TARGET));
    assert.ok(!isSurelyAt(after([inSource, 'unreachable', inThird], [inSource, 'unreachable', inThird]), TARGET));
  });
});

describe('A key is not surely in the target', () => {
  it('after an old answer between two new ones: they have to come in a row', () =>
    assert.ok(
      !isSurelyAt(after([inSource, inTarget, inThird], [old(SOURCE), inTarget, inThird], [inSource, undefined, undefined]), TARGET),
    ));

  it('while a Region shows it in transition', () => {
    const updating = viewOf(THIRD, { primaryRegion: TARGET, state: 'Updating' });
    const sight = after([inSource, inTarget, updating], [inSource, inTarget, updating]);
    assert.deepEqual([isAt(sight, TARGET), isSurelyAt(sight, TARGET), toAsk(sight, REGIONS)], [false, false, [THIRD]]);
  });

  it('while the target calls itself a replica still', () => {
    const replica = viewOf(TARGET, { primaryRegion: TARGET, role: 'REPLICA' });
    assert.ok(!isSurelyAt(after([inSource, replica, inThird], [inSource, replica, inThird]), TARGET));
  });

  it('before anybody looked', () => assert.deepEqual([isSurelyAt(UNSEEN, TARGET), toAsk(UNSEEN, REGIONS)], [false, REGIONS]));

  it('whatever the looks, unless the last two answers of the target, and of every Region whose last one was an answer, say so', () => {
    const answer = (at: (typeof REGIONS)[number]) =>
      fc.constantFrom(moved(at), old(at), 'unreachable' as const, viewOf(at, { primaryRegion: TARGET, state: 'Updating' }));
    const look = fc.tuple(answer(SOURCE), answer(TARGET), answer(THIRD));
    fc.assert(
      fc.property(fc.array(look, { maxLength: 6 }), (looks) => {
        const [last, before] = [looks.at(-1), looks.at(-2)];
        const bySight = isSurelyAt(after(...looks), TARGET);
        const byLooks = REGIONS.every((region, index) => {
          const saysSo = (some: (typeof looks)[number] | undefined) => JSON.stringify(some?.[index]) === JSON.stringify(moved(region));
          return (region !== TARGET && last?.[index] === 'unreachable') || (saysSo(last) && saysSo(before));
        });
        assert.equal(bySight, looks.length > 0 && byLooks);
      }),
    );
  });
});
