import type { Position } from './position.ts';

/** One thing that is wrong in a fleet file, and where; without line and column in a document of which no lines are known. */
export interface FleetFileProblem extends Partial<Position> {
  /** What kind of thing: text that is no YAML, a field that does not exist, one that is missing, or a value that may not be. */
  readonly kind: 'syntax' | 'unknown-field' | 'missing-field' | 'wrong-value';
  readonly file: string;
  /** For example `fleets.payments.standbys[0]`. */
  readonly field: string;
  /** What would be right, in words that follow "expected"; for text that is no YAML, the rule of YAML that it breaks. */
  readonly expected: string;
  /** What is there, in words that follow "got". */
  readonly got: string;
  /** The word that was probably meant. */
  readonly suggestion?: string;
}

/** The problem as one line, beginning with `file:line:` so that editors and terminals can jump to it, or with `file:` alone. */
export const problemSentence = (problem: FleetFileProblem): string => {
  const place = problem.line === undefined ? `${problem.file}:` : `${problem.file}:${problem.line}:`;
  const hint = problem.suggestion === undefined ? '' : ` Did you mean ${problem.suggestion}?`;
  switch (problem.kind) {
    case 'syntax':
      return `${place} this cannot be read as YAML near ${problem.got}: ${problem.expected}.${hint}`;
    case 'unknown-field':
      return `${place} ${problem.field} is not a field here; expected ${problem.expected}; got ${problem.got}.${hint}`;
    case 'missing-field':
      return `${place} ${problem.field} is missing; expected ${problem.expected}.${hint}`;
    case 'wrong-value':
      return `${place} ${problem.field} is wrong; expected ${problem.expected}; got ${problem.got}.${hint}`;
  }
};
