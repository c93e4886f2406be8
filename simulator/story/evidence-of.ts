import type { Evidence } from '../../core/evidence/evidence.ts';
import type { OutcomeKind, ReasonCode } from '../../core/outcome/reasons.ts';
import type { Store } from '../../core/ports/store.ts';
import { evidencePath } from '../../functions/frame/run/evidence-path.ts';

/** One key's line of a run's evidence, as far as stories look at it. */
export interface EvidenceLine {
  readonly account: string;
  readonly keyId: string;
  readonly outcome: OutcomeKind;
  readonly reason?: ReasonCode;
  readonly proof: string;
  readonly attempts: number;
  readonly verifiedAt?: number;
}

export interface RunEvidence {
  readonly summary: Evidence;
  readonly lines: readonly EvidenceLine[];
}

/** What a run left in the bucket, or undefined when it never came to its report. */
export const evidenceOf = async (store: Store, runId: string): Promise<RunEvidence | undefined> => {
  const [summary, keys] = await Promise.all([store.get(evidencePath(runId)), store.get(evidencePath(runId, 'keys.jsonl'))]);
  if (summary === undefined || keys === undefined) return undefined;
  const lines = keys.body.split('\n').filter((line) => line !== '');
  return { summary: JSON.parse(summary.body) as Evidence, lines: lines.map((line) => JSON.parse(line) as EvidenceLine) };
};
