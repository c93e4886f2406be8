import type { Contender } from './contender.ts';
import { mrkFailover } from './mrk-failover.ts';
import { pacedScript } from './paced-script.ts';
import { shellLoop } from './shell-loop.ts';
import { unpacedMap } from './unpaced-map.ts';

/** The name of this project's own rows. */
export const OURS = mrkFailover.name;

/** This project, and what one would write in an hour instead. */
export const CONTENDERS: readonly Contender[] = [
  mrkFailover,
  shellLoop(1),
  shellLoop(8),
  pacedScript,
  unpacedMap(40, 'standard'),
  unpacedMap(40, 'adaptive'),
  unpacedMap(1_000, 'standard'),
  unpacedMap(1_000, 'adaptive'),
];

/** @throws when there is none of that name */
export const contenderNamed = (name: string): Contender => {
  const contender = CONTENDERS.find((one) => one.name === name);
  if (contender === undefined)
    throw new Error(`There is no contender "${name}"; there are ${CONTENDERS.map((one) => one.name).join(', ')}.`);
  return contender;
};
