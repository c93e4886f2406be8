import { ToldError } from './told-error.ts';

/** The command was written wrongly; each sentence says what was expected and what came. */
export class WrongUseError extends ToldError {
  override readonly name = 'WrongUse';
}
