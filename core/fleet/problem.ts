/** One thing that is wrong in a fleet file, and where. */
export interface FleetFileProblem {
  /** What kind of thing: text that is no YAML, a field that does not exist, one that is missing, or a value that may not be. */
  readonly kind: 'syntax' | 'unknown-field' | 'missing-field' | 'wrong-value';
  readonly file: string;
  /** Counted from 1, as editors do. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
  /** For example `fleets.payments.standbys[0]`. */
  readonly field: string;
  /** What would be right, in words that follow "expected"; for text that is no YAML, the rule of YAML that it breaks. */
  readonly expected: string;
  /** What is there, in words that follow "got". */
  readonly got: string;
  /** The word that was probably meant. */
  readonly suggestion?: string;
}

/** The problem as one line, beginning with `file:line:` so that editors and terminals can jump to it. */
export const problemSentence = (problem: FleetFileProblem): string => {
  const place = `${problem.file}:${problem.line}:`;
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
