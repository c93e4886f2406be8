import { z } from 'zod';
import type { Intent } from '../../core/coordination/intent.ts';
import type { Evidence } from '../../core/evidence/evidence.ts';
import { isGreenResult, type RunResult } from '../../core/outcome/outcome.ts';
import { conclude } from '../frame/ending/conclude.ts';
import { noteTold } from '../frame/ending/conclusion.ts';
import { endingEvents } from '../frame/ending/ending-events.ts';
import { finalRecords } from '../frame/ending/final-records.ts';
import { evidenceLeft } from '../frame/ending/leave-evidence.ts';
import { loadAllBatches } from '../frame/run/batches.ts';
import { cryptoOf } from '../frame/run/drill-probe.ts';
import { FencedOffError, fencedBy } from '../frame/run/fence.ts';
import { loadRun, type RunFile } from '../frame/run/run-file.ts';
import { tellLastStage } from '../frame/run/stage-marks.ts';
import type { Runtime } from '../frame/runtime.ts';
import { announce } from '../frame/telling/announce.ts';

export const reportInputSchema = z.strictObject({ runId: z.string().min(1).max(80) });
type ReportInput = z.infer<typeof reportInputSchema>;

/** What the definition's last Choice looks at: `green` only when every key is promoted or was there already. */
interface ReportAnswer {
  readonly result: RunResult;
  readonly green: boolean;
}

/**
 * Concludes the run: everything it says follows from the keys' outcomes. May be repeated, also when the fleet is another run's by then.
 * @throws FencedOffError when the fleet went to another run before this one had reported; whoever closes the run tells of it then
 */
export const report = async (input: ReportInput, runtime: Runtime): Promise<ReportAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const { result } = await reported(fencedBy(runtime, run), run).catch((error: unknown) => reportedBefore(runtime, run, error));
  await noteTold(runtime, run);
  return { result, green: isGreenResult(result) };
};

const reported = async (runtime: Runtime, run: RunFile): Promise<Evidence> => {
  const batches = await loadAllBatches(runtime, run);
  await tellLastStage(runtime, run, batches);
  return conclude(runtime, run, finalRecords(batches, run.request.operation), { crypto: cryptoOf(run, batches) });
};

/** A report that gave the lease back and died before it had told of it: its evidence is told of again. */
const reportedBefore = async (runtime: Runtime, run: RunFile, error: unknown): Promise<Evidence> => {
  const evidence = error instanceof FencedOffError ? await evidenceLeft(runtime, run) : undefined;
  if (evidence === undefined) throw error;
  const intent = (await runtime.table.read<Intent>('intent', run.intent))?.value;
  await announce(runtime, endingEvents(evidence, intent?.state ?? 'closed'));
  return evidence;
};
