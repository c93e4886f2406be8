/** A clause as a sentence, with its capital and its full stop. One that ends with a full stop keeps that. */
export const asSentence = (clause: string): string =>
  `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${clause.endsWith('.') ? '' : '.'}`;
