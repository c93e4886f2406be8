import { isJsonObject, type JsonObject } from '../../../simulator/asl/json.ts';
import type { StateRule } from '../rule.ts';
import { targetsOf } from '../walk.ts';

/** More loops than a definition that people can read has. */
const CYCLES_MAX = 10_000;

const stateIn = (block: JsonObject, name: string): JsonObject => {
  const state = block[name];
  return isJsonObject(state) ? state : {};
};

/** Every way from a state back to it that visits no state twice and none before it in the block: each loop is found from one state. */
const cyclesFrom = (block: JsonObject, start: string): readonly (readonly string[])[] => {
  const rank = new Map(Object.keys(block).map((name, index) => [name, index]));
  const isBehind = (name: string) => (rank.get(name) ?? -1) > (rank.get(start) ?? 0);
  const cycles: string[][] = [];
  const follow = (path: readonly string[], last: string): void => {
    for (const next of new Set(targetsOf(stateIn(block, last)))) {
      if (next === start) cycles.push([...path]);
      else if (isBehind(next) && !path.includes(next)) follow([...path, next], next);
      if (cycles.length > CYCLES_MAX)
        throw new Error(`There are more than ${CYCLES_MAX} loops through state "${start}"; nobody can say whether they all end.`);
    }
  };
  follow([start], start);
  return cycles;
};

/** A loop waits somewhere, or it fills the history in minutes, and asks somewhere whether to go on, or it never ends. */
export const loopExit: StateRule = {
  name: 'loop-exit',
  check: ({ name, block }) =>
    cyclesFrom(block, name).flatMap((cycle) => {
      const states = cycle.map((member) => stateIn(block, member));
      const canLeave = states.some((state) => state.Type === 'Choice' && targetsOf(state).some((target) => !cycle.includes(target)));
      const shown = [...cycle, name].join(' → ');
      return [
        ...(states.some(({ Type }) => Type === 'Wait') ? [] : [`is in a loop without a Wait: ${shown}.`]),
        ...(canLeave ? [] : [`is in a loop that no Choice can leave: ${shown}.`]),
      ];
    }),
};
