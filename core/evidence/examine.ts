import type { z } from 'zod';
import { resultOf } from '../outcome/outcome.ts';
import { problemsOf } from '../words/problems.ts';
import { byteLines } from './byte-lines.ts';
import type { Evidence } from './evidence.ts';
import { type EvidenceFigures, figuresOf } from './figures.ts';
import { type EvidenceLine, evidenceLineSchema } from './line-schema.ts';
import { canonical, sealOf, sha256, summaryText } from './seal.ts';
import { isUnsealed, summarySchema, type UnsealedEvidence, unsealedSummarySchema } from './summary-schema.ts';

export type EvidenceFile = 'summary.json' | 'keys.jsonl';

/**
 * Larger than this no run leaves a file: half a million keys take 256 MiB, and a summary has had to fit an item of DynamoDB, 400 KB
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html).
 */
export const FILE_BYTES_MAX: Readonly<Record<EvidenceFile, number>> = { 'summary.json': 4 * 1024 ** 2, 'keys.jsonl': 256 * 1024 ** 2 };
/** A line has 1 KB. */
const LINE_BYTES_MAX = 1024 ** 2;
/** Of a file in which many lines are wrong, or of a line that is wrong all over, the first few say it. */
const FLAWS_MAX = 5;
/** As much of a sentence about a field as anybody reads: a stranger's field may have any name. */
const PROBLEM_CHARACTERS_MAX = 500;

/** What is wrong with what one run left. */
export type RunFlaw =
  | { readonly kind: 'file-missing'; readonly file: EvidenceFile }
  /** So large that no run can have left it; it was not read. */
  | { readonly kind: 'too-large'; readonly file: EvidenceFile; readonly sizeBytes: number }
  /** Not JSON in UTF-8 at all. */
  | { readonly kind: 'unreadable'; readonly file: EvidenceFile; readonly line?: number }
  /** JSON, but not the fields that there are. */
  | { readonly kind: 'fields'; readonly file: EvidenceFile; readonly line?: number; readonly problems: readonly string[] }
  | { readonly kind: 'line-too-long'; readonly line: number; readonly sizeBytes: number }
  /** So many lines are wrong that those after this one were not looked at. */
  | { readonly kind: 'not-looked-at'; readonly line: number }
  /** It says the same as when it was written, in other bytes. */
  | { readonly kind: 'rewritten' }
  | { readonly kind: 'other-run'; readonly states: string }
  | { readonly kind: 'seal'; readonly states: string; readonly computed: string }
  | { readonly kind: 'lines-changed'; readonly states: string; readonly computed: string }
  | { readonly kind: 'count'; readonly field: string; readonly states: string; readonly counted: string };

/** One run's folder, examined by itself. */
export interface ExaminedRun {
  /** What its folder is called. */
  readonly runId: string;
  /** Absent where the summary cannot be read. */
  readonly summary?:
    | { readonly kind: 'sealed'; readonly evidence: Evidence }
    | { readonly kind: 'unsealed'; readonly evidence: UnsealedEvidence };
  readonly flaws: readonly RunFlaw[];
}

/** A file that was not read, because it is larger than a run's can be. */
export interface TooLarge {
  readonly sizeBytes: number;
}

/** The bytes of a run's two files; undefined for one that is not there. */
export interface RunFiles {
  readonly summary: Uint8Array | TooLarge | undefined;
  readonly keys: Uint8Array | TooLarge | undefined;
}

/** Examines the two files of a run: that each byte is as it was written, and that the one says what the other does. Pure. */
export const examineRun = (runId: string, { summary, keys }: RunFiles): ExaminedRun => {
  const ofSummary = summary instanceof Uint8Array ? examineSummary(runId, summary) : { flaws: [] };
  const ofLines = keys instanceof Uint8Array ? examineKeys(ofSummary.read, keys) : [];
  return {
    runId,
    ...(ofSummary.read === undefined ? {} : { summary: ofSummary.read }),
    flaws: [...unread('summary.json', summary), ...unread('keys.jsonl', keys), ...ofSummary.flaws, ...ofLines],
  };
};

const unread = (file: EvidenceFile, found: RunFiles['keys']): readonly RunFlaw[] => {
  if (found === undefined) return [{ kind: 'file-missing', file }];
  return found instanceof Uint8Array ? [] : [{ kind: 'too-large', file, sizeBytes: found.sizeBytes }];
};

interface SummaryRead {
  readonly read?: NonNullable<ExaminedRun['summary']>;
  readonly flaws: readonly RunFlaw[];
}

const examineSummary = (runId: string, bytes: Uint8Array): SummaryRead => {
  const raw = jsonOf(textOf(bytes));
  if (raw === undefined) return { flaws: [{ kind: 'unreadable', file: 'summary.json' }] };
  const parsed = isUnsealed(raw) ? parsedAs(unsealedSummarySchema, raw, 'unsealed') : parsedAs(summarySchema, raw, 'sealed');
  if ('problems' in parsed) return { flaws: [{ kind: 'fields', file: 'summary.json', problems: parsed.problems }] };
  const named: readonly RunFlaw[] = parsed.evidence.runId === runId ? [] : [{ kind: 'other-run', states: parsed.evidence.runId }];
  if (parsed.kind === 'unsealed') return { read: parsed, flaws: named };
  // Computed from what the file has, in its own order, and not from what the schema made of it.
  const written = raw as Evidence;
  const computed = sealOf(written);
  const isAsWritten = sha256(summaryText(written)) === sha256(bytes);
  return {
    read: parsed,
    flaws: [
      ...named,
      ...(computed === written.seal ? [] : [{ kind: 'seal', states: written.seal, computed } as const]),
      ...(isAsWritten ? [] : [{ kind: 'rewritten' } as const]),
    ],
  };
};

const parsedAs = <S extends z.ZodType, K extends string>(schema: S, raw: unknown, kind: K) => {
  const { data, error } = schema.safeParse(raw);
  return error === undefined ? { kind, evidence: data as z.output<S> } : { problems: firstProblems(error, raw, 'the summary') };
};

/** Lines whose hash is wrong are not what the run wrote, so nothing else that they say is looked at. */
const examineKeys = (read: SummaryRead['read'], keys: Uint8Array): readonly RunFlaw[] => {
  if (read?.kind === 'sealed') {
    const [computed, states] = [sha256(keys), read.evidence.keysSha256];
    if (computed !== states) return [{ kind: 'lines-changed', states, computed }];
  }
  const flaws: RunFlaw[] = [];
  const figures = figuresOf(soundLines(keys, flaws));
  return read === undefined || flaws.length > 0 ? flaws : countFlaws(read.evidence, figures);
};

/** The lines that are whole, one at a time, up to where so many are wrong that it makes no sense to go on. @param flaws where the others are told */
function* soundLines(bytes: Uint8Array, flaws: RunFlaw[]): Generator<EvidenceLine> {
  let number = 0;
  for (const line of byteLines(bytes)) {
    number += 1;
    const examined = examineLine(line, number);
    if ('line' in examined) yield examined.line;
    else if (flaws.push(examined.flaw) === FLAWS_MAX) {
      flaws.push({ kind: 'not-looked-at', line: number });
      return;
    }
  }
}

const examineLine = (bytes: Uint8Array, line: number): { readonly line: EvidenceLine } | { readonly flaw: RunFlaw } => {
  if (bytes.length > LINE_BYTES_MAX) return { flaw: { kind: 'line-too-long', line, sizeBytes: bytes.length } };
  const at = { file: 'keys.jsonl', line } as const;
  const raw = jsonOf(textOf(bytes));
  if (raw === undefined) return { flaw: { kind: 'unreadable', ...at } };
  const { data, error } = evidenceLineSchema.safeParse(raw);
  return error === undefined ? { line: data } : { flaw: { kind: 'fields', ...at, problems: firstProblems(error, raw, 'the line') } };
};

const firstProblems = (...words: Parameters<typeof problemsOf>): readonly string[] =>
  problemsOf(...words)
    .slice(0, FLAWS_MAX)
    .map((problem) => (problem.length > PROBLEM_CHARACTERS_MAX ? `${problem.slice(0, PROBLEM_CHARACTERS_MAX)}…` : problem));

/** Each figure of the summary that is not what its lines give. */
const countFlaws = (stated: UnsealedEvidence, figures: EvidenceFigures): readonly RunFlaw[] => {
  const counted = { ...figures, result: resultOf(figures.outcomes, stated.inventoryComplete) };
  const fields = ['keys', 'outcomes', 'reasons', 'blockedWithoutProof', 'firstVerifiedAt', 'lastVerifiedAt', 'result'] as const;
  return fields
    .map((field) => ({ kind: 'count' as const, field, states: shown(stated[field]), counted: shown(counted[field]) }))
    .filter(({ states, counted: found }) => states !== found);
};

const shown = (value: unknown): string => (value === undefined ? 'nothing' : canonical(value));

/** Undefined for bytes that are no UTF-8. */
const textOf = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

const jsonOf = (text: string | undefined): unknown => {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
