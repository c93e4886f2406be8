/** A run's name: the fleet, 16 hexadecimal digits of the intent, the generation. */
const RUN = /^(.+)-[0-9a-f]{16}-\d+$/;

/** What a step is about, as log lines name it: its run, and that run's fleet. Nothing for an event without a run. */
export const subjectOf = (event: unknown): { readonly run?: string; readonly fleet?: string } => {
  if (typeof event !== 'object' || event === null || !('runId' in event) || typeof event.runId !== 'string') return {};
  const fleet = RUN.exec(event.runId)?.[1];
  return { run: event.runId, ...(fleet === undefined ? {} : { fleet }) };
};
