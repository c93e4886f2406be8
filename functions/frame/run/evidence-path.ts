/** Where a run's evidence lies: the summary, and one line per key beside it. */
export const evidencePath = (runId: string, file: 'summary.json' | 'keys.jsonl' = 'summary.json'): string => `evidence/${runId}/${file}`;
