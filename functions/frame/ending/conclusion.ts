import { z } from 'zod';
import type { EvidenceFigures } from '../../../core/evidence/figures.ts';
import { figuresSchema } from '../../../core/evidence/summary-schema.ts';
import type { RunFile } from '../run/run-file.ts';
import type { Runtime } from '../runtime.ts';

/** The lines that a run is judged by: never read again, since a hundred thousand keys make 54 MB. */
export interface JudgedBy {
  /** SHA-256 of the lines, in hex. */
  readonly keysSha256: string;
  readonly figures: EvidenceFigures;
}

/**
 * How far a run's conclusion has come. It lies in the working bucket: by it a run knows which lines of evidence are its own, whatever lies
 * under its name in the evidence bucket.
 */
interface Conclusion extends JudgedBy {
  /** The run's, since a name may be used again when Step Functions has forgotten it. */
  readonly startedAt: number;
  /** The tag of the lines since they are written; from then on they stand. */
  readonly linesTag?: string | undefined;
  /** Whether nothing of the conclusion is left to do. */
  readonly isTold?: boolean | undefined;
}

/** The same as it is noted. */
export interface Noted {
  readonly conclusion: Conclusion;
  readonly tag: string;
  /** Whether nobody had noted anything before. */
  readonly isNew: boolean;
}

const conclusionSchema = z.object({
  startedAt: z.number(),
  keysSha256: z.string(),
  figures: figuresSchema,
  linesTag: z.string().optional(),
  isTold: z.boolean().optional(),
}) satisfies z.ZodType<Conclusion>;

type Run = Pick<RunFile, 'runId' | 'startedAt'>;
type Stored = Pick<Runtime, 'store'>;

const pathOf = ({ runId }: Run): string => `runs/${runId}/conclusion.json`;

/**
 * Notes which lines the run shall be judged by, before they are written, unless that was noted already.
 * @returns what is noted now; undefined when somebody else was noting at the same moment
 */
export const begun = async (runtime: Stored, run: Run, { keysSha256, figures }: JudgedBy): Promise<Noted | undefined> => {
  const conclusion: Conclusion = { startedAt: run.startedAt, keysSha256, figures };
  const tag = await runtime.store.put(pathOf(run), JSON.stringify(conclusion), { ifAbsent: true });
  if (tag !== undefined) return { conclusion, tag, isNew: true };
  const there = await runtime.store.get(pathOf(run));
  if (there === undefined) return undefined;
  const known = conclusionIn(there.body, run);
  return known === undefined ? changed(runtime, run, { tag: there.tag }, conclusion) : { conclusion: known, tag: there.tag, isNew: false };
};

/** Notes something else in place of what was read; undefined when that is not noted any more. */
export const changed = async (
  { store }: Stored,
  run: Run,
  { tag: ifTag }: Pick<Noted, 'tag'>,
  conclusion: Omit<Conclusion, 'startedAt'>,
): Promise<Noted | undefined> => {
  const { startedAt } = run;
  const tag = await store.put(pathOf(run), JSON.stringify({ ...conclusion, startedAt }), { ifTag });
  return tag === undefined ? undefined : { conclusion: { ...conclusion, startedAt }, tag, isNew: false };
};

/** Notes that nothing of the run's conclusion is left to do. Where that fails the conclusion is repeated, which harms nobody. */
export const noteTold = async (runtime: Stored, run: Run): Promise<void> => {
  const noted = await read(runtime, run);
  if (noted !== undefined) await changed(runtime, run, noted, { ...noted.conclusion, isTold: true });
};

/** Whether nothing of the run's conclusion is left to do. */
export const isTold = async (runtime: Stored, run: Run): Promise<boolean> => (await read(runtime, run))?.conclusion.isTold === true;

/** The lines that the run is judged by; undefined while they are not written. */
export const judgedBy = async (runtime: Stored, run: Run): Promise<JudgedBy | undefined> => {
  const known = (await read(runtime, run))?.conclusion;
  return known?.linesTag === undefined ? undefined : known;
};

const read = async ({ store }: Stored, run: Run): Promise<Noted | undefined> => {
  const there = await store.get(pathOf(run));
  const known = there && conclusionIn(there.body, run);
  return known && { conclusion: known, tag: there.tag, isNew: false };
};

/** Undefined for that of an earlier run of the same name, and for what no run has written. */
const conclusionIn = (text: string, { startedAt }: Run): Conclusion | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    // As it stands there, with its fields in the order in which a summary has them.
    return conclusionSchema.safeParse(value).data?.startedAt === startedAt ? (value as Conclusion) : undefined;
  } catch {
    return undefined;
  }
};
