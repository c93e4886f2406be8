/** When every story begins: an ordinary working day. */
export const STORY_STARTS_AT = Date.parse('2026-10-20T07:52:30Z');
