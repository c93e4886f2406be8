import { ToldError } from '../told-error.ts';

/** Whoever asks may not. The sentences say what is missing, and whose credentials asked. */
export class RefusedByAwsError extends ToldError {
  override readonly name = 'RefusedByAws';
}

/** Whose credentials asked, as far as they say it themselves. */
export const askedAs = (accessKeyId: string, profile: string | undefined): string =>
  `Asked was with access key ${accessKeyId}; \`aws sts get-caller-identity${profile === undefined ? '' : ` --profile ${profile}`}\` says whose it is.`;
