import { createHash } from 'node:crypto';
import type { Evidence } from './evidence.ts';

/** SHA-256 in hex; of a text, that of its UTF-8. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/**
 * JSON in one form only: fields in the order of their names, nothing between the signs, what is undefined left out. docs/guides/evidence.md
 * has a line by which anybody gets the same of a summary.
 */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

/** The seal of a summary: the SHA-256 of everything in it but the seal. */
export const sealOf = ({ seal: _, ...rest }: Omit<Evidence, 'seal'> & { readonly seal?: string }): string => sha256(canonical(rest));

export const sealed = (evidence: Omit<Evidence, 'seal'>): Evidence => ({ ...evidence, seal: sealOf(evidence) });

/** The text of `summary.json`. There is one for each summary, so whoever reads it can tell each byte that is not as it was written. */
export const summaryText = (evidence: Evidence): string => `${JSON.stringify(evidence, null, 2)}\n`;
