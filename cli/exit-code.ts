/** How the command ends, for scripts. */
export const EXIT = { moved: 0, partly: 1, wrongUse: 2, blocked: 3, refused: 4, ourError: 5 } as const;
