import { createHash } from 'node:crypto';

/**
 * A value as the text of `<script type="application/json">`: no `<` is left in it, so nothing in the data can end the script or begin
 * another one. U+2028 and U+2029 may stand in JSON as they are.
 */
export const jsonForScript = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/** The source expression by which a Content-Security-Policy allows one inline script or style: https://www.w3.org/TR/CSP3/#grammardef-hash-source */
export const cspHash = (inline: string): string => `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
