/** AWS could not be asked, or gave no answer that can be read. The sentences say why, what is known of what was wanted, and what to do. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswer';
  readonly sentences: readonly string[];
  constructor(sentences: readonly string[]) {
    super(sentences.join('\n'));
    this.sentences = sentences;
  }
}
