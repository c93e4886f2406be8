/** What a run is for, the most urgent first: an operation pre-empts those behind it. */
export const OPERATIONS = ['failover', 'failback', 'switchover', 'drill'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Whether `operation` may take a fleet away from a run of `holder`. */
export const preempts = (operation: Operation, holder: Operation): boolean => OPERATIONS.indexOf(operation) < OPERATIONS.indexOf(holder);
