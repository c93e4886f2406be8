import type { FileDocument } from './document.ts';
import { issueProblems } from './issue.ts';
import { fleetOverlaps } from './overlap.ts';
import type { FleetFileProblem } from './problem.ts';
import { type Fleet, fleetFileSchema, fleetSchema } from './schema.ts';

export interface RightFile {
  readonly kind: 'fleets';
  readonly fleets: ReadonlyMap<string, Fleet>;
}

export interface WrongFile {
  readonly kind: 'wrong';
  readonly problems: readonly FleetFileProblem[];
}

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

const overlapProblems = (fleets: ReadonlyMap<string, Fleet>, document: FileDocument, file: string): readonly FleetFileProblem[] =>
  fleetOverlaps(fleets).map(({ first, second, reason }) => ({
    kind: 'wrong-value',
    file,
    ...document.positionOf(['fleets', second, 'keys'], 'value'),
    field: `fleets.${second}.keys`,
    expected: `keys that no other fleet has, because a key belongs to one fleet`,
    got: `an overlap with fleet ${first}: ${reason}`,
  }));

/** At most 20 problems, in the order of their lines where these are known. */
export const wrongFile = (problems: readonly FleetFileProblem[]): WrongFile => ({
  kind: 'wrong',
  problems: problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)).slice(0, problemsMax),
});

/**
 * Checks what a fleet file says, whatever it was written in. Never throws: everything that is wrong comes back at once, at most 20
 * problems.
 * @param file the name the problems shall carry
 */
export const checkFleets = (document: FileDocument, file: string): RightFile | WrongFile => {
  const parsed = fleetFileSchema.safeParse(document.value);
  const issues = parsed.success ? [] : parsed.error.issues.flatMap((issue) => issueProblems(issue, document, file));
  const problems = [...issues, ...overlapProblems(soundFleets(document.value), document, file)];
  if (problems.length > 0 || !parsed.success) return wrongFile(problems);
  return { kind: 'fleets', fleets: new Map(Object.entries(parsed.data.fleets)) };
};
