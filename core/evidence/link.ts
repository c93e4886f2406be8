/** Names a run's evidence in the one after it. */
export interface EvidenceLink {
  readonly runId: string;
  /** The seal of its summary. */
  readonly seal: string;
  /** When that run ended, in epoch milliseconds: by this it is known whether its evidence may have expired. */
  readonly endedAt: number;
}
