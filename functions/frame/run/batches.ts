import { type Batch, merged } from '../../../core/batch/batch.ts';
import { swept } from '../../../core/batch/leftovers.ts';
import type { Tagged } from '../../../core/ports/store.ts';
import { pooled } from '../pooled.ts';
import type { Runtime } from '../runtime.ts';
import type { RunFile } from './run-file.ts';

const pathOf = (runId: string, number: number): string => `runs/${runId}/batches/${String(number).padStart(6, '0')}.json`;

/** A batch as it was loaded, with the tag under which its changes are saved. */
export interface LoadedBatch {
  readonly batch: Batch;
  readonly tag: string;
}

const TRIES_MAX = 5;

/** @throws when the plan never wrote such a batch: a bug, not a state of the world. */
export const loadBatch = async (runtime: Pick<Runtime, 'store'>, runId: string, number: number): Promise<LoadedBatch> => {
  const file = await runtime.store.get(pathOf(runId, number));
  if (file === undefined)
    throw new Error(`Run ${runId} has no batch ${number}: expected the plan to have written ${pathOf(runId, number)}.`);
  return read(file);
};

const read = (file: Tagged): LoadedBatch => ({ batch: JSON.parse(file.body) as Batch, tag: file.tag });

/** How many documents are read or written at once. */
const AT_ONCE = 40;

/** Writes batches that nobody works on yet; what an earlier try of the same plan left under their numbers is replaced. */
export const createBatches = async (runtime: Pick<Runtime, 'store'>, runId: string, batches: readonly Batch[]): Promise<void> => {
  await pooled(batches, AT_ONCE, (batch) => runtime.store.put(pathOf(runId, batch.number), JSON.stringify(batch)));
};

/** Writes those of the batches that do not exist yet; the others may be at work already and stay as they are. */
export const ensureBatches = async (runtime: Pick<Runtime, 'store'>, runId: string, batches: readonly Batch[]): Promise<void> => {
  await pooled(batches, AT_ONCE, (batch) => runtime.store.put(pathOf(runId, batch.number), JSON.stringify(batch), { ifAbsent: true }));
};

/**
 * Saves what a step found out. When the same step ran twice at once and the other was faster, the two accounts are merged
 * per key, so neither is lost.
 * @returns the batch as it is stored now, under its new tag
 */
export const saveBatch = async (
  runtime: Pick<Runtime, 'store'>,
  runId: string,
  loaded: LoadedBatch,
  changed: Batch,
): Promise<LoadedBatch> => {
  const path = pathOf(runId, changed.number);
  let { tag } = loaded;
  let ours = changed;
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const written = await runtime.store.put(path, JSON.stringify(ours), { ifTag: tag });
    if (written !== undefined) return { batch: ours, tag: written };
    const stored = await loadBatch(runtime, runId, changed.number);
    tag = stored.tag;
    ours = merged(stored.batch, ours);
  }
  throw new Error(
    `Batch ${changed.number} of run ${runId} was saved by others ${TRIES_MAX} times in a row while this step tried to save it.`,
  );
};

/** The batches that a run was planned in, in order, each key as far as it has come: also what a sweep made of it. */
export const loadAllBatches = async (runtime: Pick<Runtime, 'store'>, run: Pick<RunFile, 'runId' | 'batchCount'>): Promise<Batch[]> =>
  (await loadBatches(runtime, run)).map(({ batch }) => batch);

/** The same, each with the tag under which its changes are saved. */
export const loadBatches = async (runtime: Pick<Runtime, 'store'>, run: Pick<RunFile, 'runId' | 'batchCount'>): Promise<LoadedBatch[]> => {
  const stored = await loadStoredBatches(runtime, run);
  const batches = swept(stored.map(({ batch }) => batch));
  return stored.map(({ batch, tag }, index) => ({ batch: batches[index] ?? batch, tag }));
};

/**
 * Every batch of a run as it is stored, in order. Batches beyond the plan's count are those of a sweep or of a drill's way back,
 * or what a plan that died left behind: the latter are passed over.
 */
export const loadStoredBatches = async (
  runtime: Pick<Runtime, 'store'>,
  run: Pick<RunFile, 'runId' | 'batchCount'>,
): Promise<LoadedBatch[]> => {
  const paths = await runtime.store.list(`runs/${run.runId}/batches/`);
  const numbers = paths.map((path) => Number(/(\d+)\.json$/.exec(path)?.[1]));
  const loaded = await pooled(numbers, AT_ONCE, (number) => loadBatch(runtime, run.runId, number));
  return loaded.filter(({ batch }) => batch.number <= run.batchCount || (batch.stage !== 'canary' && batch.stage !== 'rest'));
};
