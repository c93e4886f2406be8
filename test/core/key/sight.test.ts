import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
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

  it('after one lost reply of a Region that speaks against it', () => {
    const updating = viewOf(SOURCE, { primaryRegion: TARGET, state: 'Updating' });
    const lost = after([updating, inTarget, inThird], [updating, inTarget, inThird], ['unreachable', inTarget, inThird]);
    assert.deepEqual([isAt(lost, TARGET), isSurelyAt(lost, TARGET)], [true, false]);
  });

  it('by what Regions said before one that speaks against it fell silent: they are asked again', () => {
    const elsewhere = viewOf(THIRD, { primaryRegion: THIRD });
    const sight = after([inSource, inTarget, elsewhere], [inSource, inTarget, elsewhere], [undefined, undefined, 'unreachable']);
    assert.deepEqual(toAsk(sight, REGIONS), REGIONS);
    assert.ok(!isSurelyAt(sight, TARGET));
  });

  it('before anybody looked', () => assert.deepEqual([isSurelyAt(UNSEEN, TARGET), toAsk(UNSEEN, REGIONS)], [false, REGIONS]));

  it('unless in the last two looks the target said so, and each other Region that answered', () => {
    const answer = (at: (typeof REGIONS)[number]) =>
      fc.constantFrom(moved(at), old(at), 'unreachable' as const, viewOf(at, { primaryRegion: TARGET, state: 'Updating' }));
    const look = fc.tuple(answer(SOURCE), answer(TARGET), answer(THIRD));
    fc.assert(
      fc.property(fc.array(look, { maxLength: 6 }), (looks) => {
        const showsIt = (some: (typeof looks)[number]) =>
          REGIONS.every(
            (region, index) => (region !== TARGET && some[index] === 'unreachable') || isDeepStrictEqual(some[index], moved(region)),
          );
        const lastTwo = looks.slice(-2);
        assert.equal(isSurelyAt(after(...looks), TARGET), lastTwo.length === 2 && lastTwo.every(showsIt));
      }),
    );
  });
});
