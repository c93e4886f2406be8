const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/** @returns epoch milliseconds, or undefined when the text is not a timestamp of RFC 3339 with upper-case T and Z, as the language demands. */
export const parseTimestamp = (text: string): number | undefined => {
  const at = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
};
