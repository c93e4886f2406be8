/** Something that was asked for: what was learnt, or why it could not be. Guards turn `unknown` into an answer of their own. */
export type Known<T> = { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unknown'; readonly why: string };

export const known = <T>(value: T): Known<T> => ({ kind: 'known', value });
export const unknown = (why: string): Known<never> => ({ kind: 'unknown', why });
