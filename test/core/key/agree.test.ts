import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { seen, standing, viewIn } from '../../../core/key/agree.ts';
import type { KeyState } from '../../../core/key/key.ts';
import { readingsOf, SOURCE, singleView, TARGET, THIRD, viewOf } from '../../support/keys.ts';

const movedView = (at: typeof SOURCE, state: KeyState = 'Enabled') => viewOf(at, { primaryRegion: TARGET, state });

const settled = [
  { case: 'all Regions name the same primary', readings: { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET) }, primary: SOURCE },
  {
    case: 'the new primary and all replicas agree after a move',
    readings: { [SOURCE]: movedView(SOURCE), [TARGET]: movedView(TARGET) },
    primary: TARGET,
  },
  {
    case: 'the primary’s Region is silent and the replicas agree',
    readings: { [SOURCE]: 'unreachable', [TARGET]: viewOf(TARGET) } as const,
    primary: SOURCE,
  },
  {
    case: 'a replica is disabled, which is no transition',
    readings: { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { state: 'Disabled' }) },
    primary: SOURCE,
  },
  {
    case: 'a Region does not know the key',
    readings: { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET), [THIRD]: 'not-found' } as const,
    primary: SOURCE,
  },
];

const changing = [
  { case: 'the primary is Updating', readings: { [SOURCE]: viewOf(SOURCE, { state: 'Updating' }), [TARGET]: viewOf(TARGET) } },
  { case: 'the replica is Updating', readings: { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { state: 'Updating' }) } },
  { case: 'a replica is Creating', readings: { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { state: 'Creating' }) } },
  { case: 'two Regions name different primaries', readings: { [SOURCE]: viewOf(SOURCE), [TARGET]: movedView(TARGET) } },
  {
    case: 'both read as replicas',
    readings: { [SOURCE]: viewOf(SOURCE, { role: 'REPLICA' }), [TARGET]: viewOf(TARGET) },
  },
  {
    case: 'both read as primaries',
    readings: { [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { role: 'PRIMARY' }) },
  },
  { case: 'the key names no primary, as a single-Region key', readings: { [SOURCE]: singleView(SOURCE) } },
];

describe('Where the primary role is', () => {
  for (const { case: title, readings, primary } of settled)
    it(`is settled when ${title}`, () => assert.deepEqual(standing(readingsOf(readings)), { kind: 'settled', primary }));

  for (const { case: title, readings } of changing)
    it(`is changing when ${title}`, () => assert.deepEqual(standing(readingsOf(readings)), { kind: 'changing' }));

  it('is unseen when nothing answers, and when nobody was asked', () => {
    assert.deepEqual(standing(readingsOf({ [SOURCE]: 'unreachable', [TARGET]: 'denied' })), { kind: 'unseen' });
    assert.deepEqual(standing(new Map()), { kind: 'unseen' });
  });

  it('does not depend on which Region answers first', () => {
    const primaries = fc.constantFrom(SOURCE, TARGET, THIRD);
    const reading = fc.record({
      primaryRegion: primaries,
      state: fc.constantFrom<KeyState>('Enabled', 'Disabled', 'Updating'),
      role: fc.constantFrom('PRIMARY' as const, 'REPLICA' as const),
    });
    fc.assert(
      fc.property(reading, reading, reading, fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (a, b, c, order) => {
        const all = [
          [SOURCE, viewOf(SOURCE, a)],
          [TARGET, viewOf(TARGET, b)],
          [THIRD, viewOf(THIRD, c)],
        ] as const;
        assert.deepEqual(standing(new Map(order.map((index) => all[index] ?? assert.fail()))), standing(new Map(all)));
      }),
    );
  });
});

describe('Readings', () => {
  const readings = readingsOf({ [SOURCE]: 'unreachable', [TARGET]: viewOf(TARGET) });

  it('give the Regions that answered', () => assert.deepEqual(seen(readings), [viewOf(TARGET)]));

  it('give one Region’s view, and none of a Region that failed or was not asked', () => {
    assert.deepEqual(viewIn(readings, TARGET), viewOf(TARGET));
    assert.equal(viewIn(readings, SOURCE), undefined);
    assert.equal(viewIn(readings, THIRD), undefined);
  });
});
