import type { Region } from '../region.ts';
import { type Readings, standing } from './agree.ts';

/** So many answers of a Region in a row have to show the same: a read may be seconds old. */
const ANSWERS_IN_A_ROW = 2;

/** What looks in a row have shown of a key: each Region's last answer, and how many of its last answers show the key settled in the target. */
export interface Sight {
  readonly readings: Readings;
  readonly agreeing: ReadonlyMap<Region, number>;
}

/** A key that nobody has looked at yet. */
export const UNSEEN: Sight = { readings: new Map(), agreeing: new Map() };

/** What is known after a further look, be it in all of the key's Regions or in some. Pure. */
export const sighted = (before: Sight, look: Readings, target: Region): Sight => {
  const agreeing = new Map(before.agreeing);
  for (const [region, reading] of look) {
    const alone = standing(new Map([[region, reading]]));
    const agrees = alone.kind === 'settled' && alone.primary === target;
    agreeing.set(region, agrees ? (agreeing.get(region) ?? 0) + 1 : 0);
  }
  return { readings: new Map([...before.readings, ...look]), agreeing };
};

/** The Regions that are still to be asked: the others have said often enough that the key is settled in the target. Pure. */
export const toAsk = ({ agreeing }: Sight, regions: readonly Region[]): readonly Region[] =>
  regions.filter((region) => (agreeing.get(region) ?? 0) < ANSWERS_IN_A_ROW);

/** Whether the key is settled in the target by the last answer of every Region that answers, and the target itself is one of them. Pure. */
export const isAt = ({ readings }: Sight, target: Region): boolean => {
  const where = standing(readings);
  return where.kind === 'settled' && where.primary === target && readings.get(target)?.kind === 'seen';
};

/** The same by enough answers in a row of each. Pure. */
export const isSurelyAt = (sight: Sight, target: Region): boolean =>
  isAt(sight, target) &&
  [...sight.readings].every(([region, { kind }]) => kind !== 'seen' || (sight.agreeing.get(region) ?? 0) >= ANSWERS_IN_A_ROW);
