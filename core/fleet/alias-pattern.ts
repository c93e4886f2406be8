import { z } from 'zod';

/** Letters, digits, `/`, `_` and `-` are what KMS allows: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
const ALIAS_PATTERN = /^alias\/(?:[A-Za-z0-9/_-]+\*?|\*)$/;

/** A whole alias (`alias/payments/main`), or the beginning of one with a `*` after it (`alias/payments/*`). */
export const aliasPatternSchema = z.string().max(256).regex(ALIAS_PATTERN).brand('AliasPattern');
type AliasPattern = z.infer<typeof aliasPatternSchema>;

const isPrefix = (pattern: AliasPattern): boolean => pattern.endsWith('*');
const fixedPart = (pattern: AliasPattern): string => (isPrefix(pattern) ? pattern.slice(0, -1) : pattern);

/** True when the alias is the one the pattern names, or begins as the pattern does. */
export const aliasMatches = (pattern: AliasPattern, alias: string): boolean =>
  isPrefix(pattern) ? alias.startsWith(fixedPart(pattern)) : alias === pattern;

/** True when one alias could match both patterns. */
export const aliasPatternsMeet = (a: AliasPattern, b: AliasPattern): boolean =>
  (isPrefix(a) && fixedPart(b).startsWith(fixedPart(a))) || (isPrefix(b) && fixedPart(a).startsWith(fixedPart(b))) || a === b;
