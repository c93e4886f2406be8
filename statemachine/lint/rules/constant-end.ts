import type { JsonObject } from '../../../simulator/asl/json.ts';
import { bytesOf } from '../../../simulator/asl/payload-limit.ts';
import type { StateRule } from '../rule.ts';
import { placedStates, processorOf, targetsOf } from '../walk.ts';

/** 256 KiB, collected over 2,000 batches, leave 128 bytes for each. */
const RESULT_BYTES_MAX = 128;

/** A Pass whose output is a small constant. */
const isConstant = ({ Type, Result, ResultPath, OutputPath }: JsonObject): boolean =>
  Type === 'Pass' && Result !== undefined && ResultPath === undefined && OutputPath === undefined && bytesOf(Result) <= RESULT_BYTES_MAX;

const isEnd = ({ Type, End }: JsonObject): boolean => End === true || Type === 'Succeed' || Type === 'Fail';

/** A Succeed hands on what it was given: a constant if it drops that, or if only constants lead to it. */
const endsConstant = (name: string, state: JsonObject, block: JsonObject): boolean => {
  if (state.Type === 'Fail' || isConstant(state)) return true;
  if (state.Type !== 'Succeed') return false;
  const before = placedStates({ States: block }).filter((placed) => placed.block === block && targetsOf(placed.state).includes(name));
  return state.OutputPath === null || state.InputPath === null || (before.length > 0 && before.every((placed) => isConstant(placed.state)));
};

/** What a Map collects counts before ResultPath throws it away: so children end in a small constant, and the Map discards them all. */
export const constantEnd: StateRule = {
  name: 'constant-end',
  check: ({ state }) => {
    if (state.Type !== 'Map') return [];
    const block = processorOf(state);
    const ends = placedStates({ States: block }).filter((placed) => placed.block === block && isEnd(placed.state));
    return [
      ...(state.ResultPath === null ? [] : ['keeps the results of its items; expected "ResultPath": null.']),
      ...ends
        .filter((end) => !endsConstant(end.name, end.state, block))
        .map(
          (end) =>
            `ends its items in ${end.name}, whose output can be large; expected a Pass with a constant Result of at most ${RESULT_BYTES_MAX} bytes.`,
        ),
    ];
  },
};
