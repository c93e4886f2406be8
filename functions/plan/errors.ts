import { Situation } from '../frame/situation.ts';

/** What a run was asked for makes no sense; the message has a sentence per thing. Nothing was touched. Step Functions sees the name. */
export class InvalidRequestError extends Situation {
  override readonly name = 'InvalidRequest';
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/** A person stopped the run before it had a plan, or closed the intent that it was started for; the message says who and why. */
export class CalledOffError extends Situation {
  override readonly name = 'CalledOff';
}

/** A guard does not let the run start; the message says which, why, and what lifts it. */
export class RefusedByGuardError extends Situation {
  override readonly name = 'RefusedByGuard';
  constructor(objections: readonly string[]) {
    super(objections.join('\n'));
  }
}
