import type { OutcomeKind, ReasonCode } from '../../../core/outcome/reasons.ts';
import type { StandingLine } from './standing.ts';

/** More rows than this no browser filters while one types. */
export const ROWS_MAX = 20_000;

/** One key as the page's script shows it; times in seconds since the start. */
export interface KeyRow {
  readonly account: string;
  readonly keyId: string;
  readonly nature: string;
  /** `none`: the run ended without one. */
  readonly outcome: OutcomeKind | 'none';
  readonly reason?: ReasonCode;
  readonly origin?: string;
  readonly primary?: string;
  readonly regions: readonly string[];
  readonly proof: string;
  readonly provenIn: readonly string[];
  readonly attempts: number;
  readonly requestIds: readonly string[];
  readonly called?: number;
  readonly accepted?: number;
  readonly proven?: number;
  readonly notes: readonly string[];
  /** The run that wrote it, where there is more than one. */
  readonly run?: string;
}

export interface KeyRows {
  readonly rows: readonly KeyRow[];
  /** Keys that simply moved, and for that are not among the rows. */
  readonly movedLeftOut: number;
  /** Keys that did not move, and of which there are more than a page can hold. */
  readonly othersLeftOut: number;
}

/** What a person has to look at first comes first. */
const URGENCY: ReadonlyArray<KeyRow['outcome']> = [
  'none',
  'failed',
  'unproven',
  'halted',
  'blocked',
  'ineligible',
  'already-primary',
  'promoted',
];

const urgencyOf = ({ line }: StandingLine): number => URGENCY.indexOf(line.outcome ?? 'none');

/** The rows of a page. Of a fleet that is too large for one, only keys that did not simply move. */
export const keyRows = (lines: readonly StandingLine[], startedAt: number): KeyRows => {
  const others = lines.filter(({ line }) => line.outcome !== 'promoted');
  const isCut = lines.length > ROWS_MAX;
  const wanted = isCut ? others : lines;
  const hasRuns = new Set(lines.map(({ runId }) => runId)).size > 1;
  const told = wanted.toSorted((one, other) => urgencyOf(one) - urgencyOf(other)).slice(0, ROWS_MAX);
  return {
    rows: told.map(({ line, runId }) => rowOf(line, hasRuns ? runId : undefined, startedAt)),
    movedLeftOut: isCut ? lines.length - others.length : 0,
    othersLeftOut: wanted.length - told.length,
  };
};

const rowOf = (line: StandingLine['line'], run: string | undefined, startedAt: number): KeyRow => {
  const { account, keyId, outcome, reason, origin, primary, regions, proof, provenIn, attempts, requestIds } = line;
  const since = (at: number | undefined): number | undefined => (at === undefined ? undefined : (at - startedAt) / 1000);
  return withoutGaps({
    account,
    keyId,
    nature: [line.spec, line.usage].filter((word) => word !== undefined).join(', '),
    outcome: outcome ?? 'none',
    reason,
    origin,
    primary,
    regions,
    proof,
    provenIn,
    attempts,
    requestIds,
    called: since(line.sentAt),
    accepted: since(line.acceptedAt),
    proven: since(line.verifiedAt),
    notes: [...(line.detail === undefined ? [] : [line.detail]), ...line.notes],
    run,
  });
};

type WithGaps<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Fields that are undefined left out, which JSON would do as well. */
const withoutGaps = (row: WithGaps<KeyRow>): KeyRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as KeyRow;
