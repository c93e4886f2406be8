import type { CryptoTally } from '../batch/crypto-tally.ts';
import type { RunResult, Tally } from '../outcome/outcome.ts';
import type { ReasonCode } from '../outcome/reasons.ts';
import type { RunRequest } from '../run/request.ts';

/** What a run leaves behind for people and auditors, beside one line per key. Times are epoch milliseconds. */
export interface Evidence extends RunRequest {
  readonly runId: string;
  readonly intent: string;
  readonly generation: number;
  readonly result: RunResult;
  readonly keys: number;
  /** Whether the source listed all of its keys to the plan: else there may be some that nobody looked at, and the run is not green. */
  readonly inventoryComplete: boolean;
  readonly outcomes: Tally;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
  /** Blocked keys of which decryption in the target could not be proven. */
  readonly blockedWithoutProof: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly firstVerifiedAt: number | undefined;
  readonly lastVerifiedAt: number | undefined;
  /** In a drill: the cryptographic calls made on the keys all the while, and how many of them failed. */
  readonly crypto?: CryptoTally;
  readonly notes: readonly string[];
}
