import type { z } from 'zod';
import { resultOf } from '../outcome/outcome.ts';
import { problemsOf } from '../words/problems.ts';
import type { Evidence } from './evidence.ts';
import { figuresOf } from './figures.ts';
import { type EvidenceLine, evidenceLineSchema } from './line-schema.ts';
import { canonical, sealOf, sha256, summaryText } from './seal.ts';
import { isUnsealed, summarySchema, type UnsealedEvidence, unsealedSummarySchema } from './summary-schema.ts';

export type EvidenceFile = 'summary.json' | 'keys.jsonl';

/** What is wrong with what one run left. */
export type RunFlaw =
  | { readonly kind: 'file-missing'; readonly file: EvidenceFile }
  /** Not JSON in UTF-8 at all. */
  | { readonly kind: 'unreadable'; readonly file: EvidenceFile; readonly line?: number }
  /** JSON, but not the fields that there are. */
  | { readonly kind: 'fields'; readonly file: EvidenceFile; readonly line?: number; readonly problems: readonly string[] }
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

/** The bytes of a run's two files; undefined for one that is not there. */
export interface RunFiles {
  readonly summary: Uint8Array | undefined;
  readonly keys: Uint8Array | undefined;
}

/** Examines the two files of a run: that each byte is as it was written, and that the one says what the other does. Pure. */
export const examineRun = (runId: string, { summary, keys }: RunFiles): ExaminedRun => {
  const missing: readonly RunFlaw[] = [
    ...(summary === undefined ? [{ kind: 'file-missing', file: 'summary.json' } as const] : []),
    ...(keys === undefined ? [{ kind: 'file-missing', file: 'keys.jsonl' } as const] : []),
  ];
  const ofSummary = summary === undefined ? { flaws: [] } : examineSummary(runId, summary);
  const ofLines = keys === undefined ? { flaws: [] } : examineLines(keys);
  const evidence = ofSummary.read?.evidence;
  return {
    runId,
    ...(ofSummary.read === undefined ? {} : { summary: ofSummary.read }),
    flaws: [
      ...missing,
      ...ofSummary.flaws,
      ...(keys !== undefined && ofSummary.read?.kind === 'sealed' ? hashFlaws(ofSummary.read.evidence, keys) : []),
      ...ofLines.flaws,
      ...(evidence === undefined || ofLines.lines === undefined ? [] : countFlaws(evidence, ofLines.lines)),
    ],
  };
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
  return error === undefined ? { kind, evidence: data as z.output<S> } : { problems: problemsOf(error, raw, 'the summary') };
};

const hashFlaws = ({ keysSha256 }: Evidence, keys: Uint8Array): readonly RunFlaw[] => {
  const computed = sha256(keys);
  return computed === keysSha256 ? [] : [{ kind: 'lines-changed', states: keysSha256, computed }];
};

const examineLines = (bytes: Uint8Array): { readonly lines?: readonly EvidenceLine[]; readonly flaws: readonly RunFlaw[] } => {
  const text = textOf(bytes);
  if (text === undefined) return { flaws: [{ kind: 'unreadable', file: 'keys.jsonl' }] };
  // A run without keys has no line, not an empty one.
  const examined = text === '' ? [] : text.replace(/\n$/, '').split('\n').map(examineLine);
  const flaws = examined.flatMap((one) => ('flaw' in one ? [one.flaw] : []));
  return flaws.length > 0 ? { flaws } : { lines: examined.flatMap((one) => ('line' in one ? [one.line] : [])), flaws };
};

const examineLine = (text: string, index: number): { readonly line: EvidenceLine } | { readonly flaw: RunFlaw } => {
  const at = { file: 'keys.jsonl', line: index + 1 } as const;
  const raw = jsonOf(text);
  if (raw === undefined) return { flaw: { kind: 'unreadable', ...at } };
  const { data, error } = evidenceLineSchema.safeParse(raw);
  return error === undefined ? { line: data } : { flaw: { kind: 'fields', ...at, problems: problemsOf(error, raw, 'the line') } };
};

/** Each figure of the summary that is not what its lines give. */
const countFlaws = (stated: UnsealedEvidence, lines: readonly EvidenceLine[]): readonly RunFlaw[] => {
  const figures = figuresOf(lines);
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
