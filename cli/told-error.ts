/** An error that is told to people sentence by sentence: each says what was expected, what came, or what to do. */
export abstract class ToldError extends Error {
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}
