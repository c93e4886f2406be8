/** What a run was asked for makes no sense; the message has a sentence per thing. Nothing was touched. Step Functions sees the name. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequest';
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** A guard does not let the run start; the message says which, why, and what lifts it. */
export class RefusedByGuardError extends Error {
  override readonly name = 'RefusedByGuard';
  constructor(objections: readonly string[]) {
    super(objections.join('\n'));
  }
}
