/** Whoever asks may not. The sentences say what is missing, and whose credentials asked. */
export class RefusedByAwsError extends Error {
  override readonly name = 'RefusedByAws';
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}

/** Whose credentials asked, as far as they say it themselves. */
export const askedAs = (accessKeyId: string, profile: string | undefined): string =>
  `Asked was with access key ${accessKeyId}; \`aws sts get-caller-identity${profile === undefined ? '' : ` --profile ${profile}`}\` says whose it is.`;
