/** Controls, and what formats without being seen (turns the direction of writing, joins, parts), but no letter or sign. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A text that came from outside, fit for a terminal: what would command it or begin a line is written as JSON would write it. So it may be
 * used on a line of JSON as well, which stays what it was.
 */
export const visible = (text: string): string => text.replace(UNSEEN, (unseen) => SHORT[unseen] ?? unseen.split('').map(escaped).join(''));

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
