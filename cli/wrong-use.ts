/** The command was written wrongly; each sentence says what was expected and what came. */
export class WrongUseError extends Error {
  override readonly name = 'WrongUse';
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}
