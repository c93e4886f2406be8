import { issueProblems } from './issue.ts';
import { fleetOverlaps } from './overlap.ts';
import type { FleetFileProblem } from './problem.ts';
import { type Fleet, fleetFileSchema, fleetSchema } from './schema.ts';
import { readYaml, type YamlText } from './yaml-text.ts';

type FleetFileReading =
  | { readonly kind: 'fleets'; readonly fleets: ReadonlyMap<string, Fleet> }
  | { readonly kind: 'wrong'; readonly problems: readonly FleetFileProblem[] };

/** More than a person repairs in one go. */
const problemsMax = 20;

/** The fleets that are right in themselves, whatever is wrong with others: overlap is told together with the rest. */
const soundFleets = (value: unknown): ReadonlyMap<string, Fleet> => {
  const fleets = typeof value === 'object' && value !== null && 'fleets' in value ? value.fleets : undefined;
  if (typeof fleets !== 'object' || fleets === null) return new Map();
  return new Map(
    Object.entries(fleets).flatMap(([name, raw]) => {
      const parsed = fleetSchema.safeParse(raw);
      return parsed.success ? [[name, parsed.data] as const] : [];
    }),
  );
};

const overlapProblems = (fleets: ReadonlyMap<string, Fleet>, text: YamlText, file: string): readonly FleetFileProblem[] =>
  fleetOverlaps(fleets).map(({ first, second, reason }) => ({
    kind: 'wrong-value',
    file,
    ...text.positionOf(['fleets', second, 'keys'], 'value'),
    field: `fleets.${second}.keys`,
    expected: `keys that no other fleet has, because a key belongs to one fleet`,
    got: `an overlap with fleet ${first}: ${reason}`,
  }));

const inOrder = (problems: readonly FleetFileProblem[]): readonly FleetFileProblem[] =>
  problems.toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, problemsMax);

/**
 * Reads a fleet file. Never throws: everything that is wrong with the text comes back at once, in the order of its lines,
 * at most 20 problems.
 * @param text the YAML
 * @param fileName the name the problems shall carry
 */
export const parseFleetFile = (text: string, fileName: string): FleetFileReading => {
  const yaml = readYaml(text, fileName);
  if (yaml.kind === 'wrong') return { kind: 'wrong', problems: inOrder(yaml.problems) };
  const parsed = fleetFileSchema.safeParse(yaml.value);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => issueProblems(issue, yaml, fileName));
  const problems = [...issues, ...overlapProblems(soundFleets(yaml.value), yaml, fileName)];
  if (problems.length > 0 || !parsed.success) return { kind: 'wrong', problems: inOrder(problems) };
  return { kind: 'fleets', fleets: new Map(Object.entries(parsed.data.fleets)) };
};
