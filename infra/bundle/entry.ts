/** The file that Lambda loads, and its export. */
export const ENTRY = 'index.mjs';
export const HANDLER = 'index.handler';
