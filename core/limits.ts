/** The functions of the chain and how long each may take at most, in seconds. A Task in the definition waits longer than its function. */
export const FUNCTION_TIMEOUT_SECONDS = {
  trigger: 50,
  plan: 120,
  stage: 120,
  precheck: 90,
  promote: 60,
  poll: 90,
  verify: 90,
  report: 300,
  operator: 30,
} as const;
export type FunctionName = keyof typeof FUNCTION_TIMEOUT_SECONDS;

/** How many keys travel the chain together. */
export const BATCH_KEYS_MAX = 50;
/** How long an UpdatePrimaryRegion call may take before it counts as unanswered. A degraded Region takes up to 8 s. */
export const PROMOTE_CALL_MS_MAX = 10_000;
/** The same for every other call to KMS; each of these is tried twice. */
export const READ_CALL_MS_MAX = 9_000;
/** How long one Region may take to list an account's keys before the plan goes on with what it has. */
export const LISTING_MS_MAX = 30_000;
/** No Wait of the chain is longer: a third of the lease. */
export const WAIT_SECONDS_MAX = 60;
/** A batch that is not through after so long is left to the sweep; the sweep gives up after as long again. */
export const BATCH_MS_MAX = 15 * 60_000;
/** A canary holds its account up no longer than this, whatever became of it. */
export const CANARY_MS_MAX = 40_000;
