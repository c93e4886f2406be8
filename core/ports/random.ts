/** The only source of chance (jitter) in this project. */
export interface Random {
  /** A number drawn evenly from [0, 1). */
  uniform(): number;
}
