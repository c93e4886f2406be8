import type { Objection } from './objection.ts';
import type { Deployment } from './schema.ts';

/** Tables with multi-Region strong consistency stay within one set: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html */
const REGION_SETS: readonly (readonly string[])[] = [
  ['us-east-1', 'us-east-2', 'us-west-2'],
  ['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1'],
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
];

const sets = REGION_SETS.map((set) => set.join(' ')).join('; ');

/** Two control Regions share one table, which takes a witness in a third Region of the same set; one control Region has a plain table. */
export const tableObjections = ({ control: { regions, witness } }: Deployment): readonly Objection[] => {
  const [first, second] = regions;
  if (second === undefined) {
    const expected = 'no witness, because one control Region has a table of its own';
    return witness === undefined ? [] : [{ path: ['control', 'witness'], expected, got: witness }];
  }
  if (first === second) return [{ path: ['control', 'regions', 1], expected: 'another Region than the first', got: second }];
  const set = REGION_SETS.find((each) => each.includes(String(first)) && each.includes(second));
  if (set === undefined) {
    const expected = `two Regions of one set, because a strongly consistent table lives in one (${sets})`;
    return [{ path: ['control', 'regions'], expected, got: regions.join(' and ') }];
  }
  if (witness !== undefined && set.includes(witness) && witness !== first && witness !== second) return [];
  const left = set.filter((each) => each !== first && each !== second).join(', ');
  const expected = `a third Region of the control Regions’ set: ${left}`;
  return [{ path: ['control', 'witness'], expected, got: witness ?? 'nothing' }];
};
