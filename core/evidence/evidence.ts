import type { CryptoTally } from '../batch/crypto-tally.ts';
import type { RunResult, Tally } from '../outcome/outcome.ts';
import type { ReasonCode } from '../outcome/reasons.ts';
import type { Region } from '../region.ts';
import type { RunRequest } from '../run/request.ts';
import type { EvidenceLink } from './link.ts';

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
  readonly firstVerifiedAt?: number | undefined;
  readonly lastVerifiedAt?: number | undefined;
  /** In a drill: the cryptographic calls made on the keys all the while, and how many of them failed. */
  readonly crypto?: CryptoTally | undefined;
  readonly notes: readonly string[];
  /** Where the run was concluded: each control Region has an evidence bucket, and the runs of a fleet in it make a chain. */
  readonly controlRegion: Region;
  /** SHA-256 of `keys.jsonl` beside it, in hex. */
  readonly keysSha256: string;
  /** The fleet's evidence before it in the same control Region; absent for the first. */
  readonly previous?: EvidenceLink | undefined;
  /** SHA-256 of everything above in its canonical form, in hex: `core/evidence/seal.ts`. */
  readonly seal: string;
}
