/** How the command ends, for scripts. `unknown`: AWS could not be asked, or gave no answer that can be read. */
export const EXIT = { moved: 0, partly: 1, wrongUse: 2, blocked: 3, refused: 4, ourError: 5, unknown: 6 } as const;
