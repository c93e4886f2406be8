import { ToldError } from '../told-error.ts';

/** AWS could not be asked, or gave no answer that can be read. The sentences say why, what is known of what was wanted, and what to do. */
export class NoAnswerError extends ToldError {
  override readonly name = 'NoAnswer';
}
