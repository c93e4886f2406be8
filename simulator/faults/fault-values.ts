/** A value that was written after `=`, read; or the sentence that says what was expected. */
export type ReadValue = { readonly kind: 'value'; readonly value: number } | { readonly kind: 'bad'; readonly expected: string };

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `40%` is 0.4. */
export const readShare = (text: string): ReadValue => {
  const percent = Number(/^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1]);
  return percent > 0 && percent <= 100
    ? { kind: 'value', value: percent / 100 }
    : { kind: 'bad', expected: 'a share of more than 0% and at most 100%, such as 40%' };
};

/** `10m` is 600,000 milliseconds. */
export const readDurationMs = (text: string): ReadValue => {
  const [, count, unit = ''] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  const durationMs = Number(count) * (UNIT_MS[unit] ?? 0);
  return durationMs > 0
    ? { kind: 'value', value: durationMs }
    : { kind: 'bad', expected: 'a duration in seconds, minutes or hours, such as 90s, 10m or 2h' };
};
