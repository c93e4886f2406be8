/**
 * What a function's own errors extend: each tells of a situation that asking again does not change, or that is somebody's choice. Step
 * Functions sees its name; an error that is none passes as `Passing`, and the step is repeated.
 */
export class Situation extends Error {}
