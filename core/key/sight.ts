import type { Region } from '../region.ts';
import { type Readings, standing } from './agree.ts';

/** In so many looks in a row a key has to be found settled in the target: a read may be seconds old. */
const LOOKS_IN_A_ROW = 2;

/**
 * What looks in a row have shown of a key: each Region's last answer, in how many looks up to the last it said that the key is settled in
 * the target, and in how many it said nothing else. A Region that does not answer says nothing: one lost reply is no consent of a Region
 * that has spoken against it.
 */
export interface Sight {
  readonly readings: Readings;
  readonly agreed: ReadonlyMap<Region, number>;
  readonly unopposed: ReadonlyMap<Region, number>;
}

/** A key that nobody has looked at yet. */
export const UNSEEN: Sight = { readings: new Map(), agreed: new Map(), unopposed: new Map() };

/** What is known after a further look, be it in all of the key's Regions or in some. Pure. */
export const sighted = (before: Sight, look: Readings, target: Region): Sight => {
  const agreed = new Map(before.agreed);
  const unopposed = new Map(before.unopposed);
  for (const [region, reading] of look) {
    const alone = standing(new Map([[region, reading]]));
    const agrees = alone.kind === 'settled' && alone.primary === target;
    const isSilent = alone.kind === 'unseen';
    agreed.set(region, agrees ? countOf(agreed, region) + 1 : 0);
    unopposed.set(region, agrees || isSilent ? countOf(unopposed, region) + 1 : 0);
  }
  return { readings: new Map([...before.readings, ...look]), agreed, unopposed };
};

const countOf = (counts: ReadonlyMap<Region, number>, region: Region): number => counts.get(region) ?? 0;

/**
 * The Regions that are still to be asked: those that have said often enough that the key is settled in the target need not say it again.
 * While another is silent all are asked: what it would have said, they may know by now. Pure.
 */
export const toAsk = ({ readings, agreed }: Sight, regions: readonly Region[]): readonly Region[] => {
  const isAnySilent = [...readings.values()].some(({ kind }) => kind !== 'seen');
  return isAnySilent ? regions : regions.filter((region) => countOf(agreed, region) < LOOKS_IN_A_ROW);
};

/** Whether the key is settled in the target by the last answer of every Region that answers, and the target itself is one of them. Pure. */
export const isAt = ({ readings }: Sight, target: Region): boolean => {
  const where = standing(readings);
  return where.kind === 'settled' && where.primary === target && readings.get(target)?.kind === 'seen';
};

/** The same by enough looks in a row: in all of them the target said so, and no other Region said anything else. Pure. */
export const isSurelyAt = (sight: Sight, target: Region): boolean =>
  isAt(sight, target) &&
  countOf(sight.agreed, target) >= LOOKS_IN_A_ROW &&
  [...sight.readings.keys()].every((region) => countOf(sight.unopposed, region) >= LOOKS_IN_A_ROW);
