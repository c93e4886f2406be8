import type { KeyRecord } from '../../../core/batch/record.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import { withWritten } from '../../../core/evidence/chain-end.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { replaceItem } from '../item.ts';
import type { RunFile } from '../run/run-file.ts';
import type { Runtime } from '../runtime.ts';

/** Whether a key ended where the run took it: a drill's key only if nobody brought it back. */
export const isMovedForGood = ({ request }: RunFile, { outcome }: KeyRecord): boolean => {
  if (request.operation === 'drill') return outcome?.kind === 'halted' && outcome.reason === 'NOT_RETURNED';
  return outcome?.kind === 'promoted' || outcome?.kind === 'unproven';
};

/**
 * Notes where the fleet was moved last, which is what cooldown and reversal go by: when the run moved a key, or when it made a drill
 * that was there already into a move for good. What a later run has noted stands. With it goes that the run's evidence is written.
 */
export const rememberMove = async (runtime: Runtime, run: RunFile, records: readonly KeyRecord[], evidence: Evidence): Promise<void> => {
  const { runId, intent, start } = run;
  const { endedAt } = evidence;
  const { operation, source, target, incident } = run.request;
  const hasMoved = records.some((record) => isMovedForGood(run, record));
  await replaceItem<FleetHistory>(runtime, 'fleet', run.fleetName, (before) => {
    const last = before?.lastMove;
    const converts = last?.operation === 'drill' && last.target === target && operation !== 'drill';
    const isNews = (hasMoved || converts) && (last === undefined || last.endedAt < run.startedAt);
    const lastMove = { runId, intent, operation, source, target, incident, start, endedAt };
    const ends = withWritten(before?.evidence, evidence);
    if (!isNews && ends === before?.evidence) return undefined;
    return { ...before, ...(isNews ? { lastMove } : {}), ...(ends === undefined ? {} : { evidence: ends }) };
  });
};
